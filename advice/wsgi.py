"""What a server calls: `granian --interface wsgi advice.wsgi:application`."""

import ctypes
import os
import resource
import sys

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from advice import clock, thrift
from advice.checks import refuse_unsafe_production
from advice.encoding import Application, read_as_utf_8
from advice.operating.counting import counted

PR_SET_DUMPABLE = 4


def leave_no_core() -> None:
    """Whatever becomes of this process, no dump of its memory is written: what people wrote is in it.

    The limit is what a kernel heeds that writes dumps into files; one that pipes them into a program heeds the mark.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


def printed(application: Application) -> Application:
    """The application behind the press, which can only be imported now that Django has set up the models."""
    if not settings.PRINTS:
        return application
    from advice.press.watching import Watch, put_in_front_of

    press = put_in_front_of(application)
    Watch(press).start()
    return press


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advice.settings")
# Tells the settings that this process serves, and so may hold a pool of database connections.
os.environ["QUERENT_SERVING"] = "1"
leave_no_core()
refuse_unsafe_production()
application = counted(printed(read_as_utf_8(get_wsgi_application())))
clock.start()
thrift.start()
