"""What a server calls: `granian --interface wsgi advice.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

from advice import clock
from advice.checks import refuse_unsafe_production

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advice.settings")
# Tells the settings that this process serves, and so may hold a pool of database connections.
os.environ["QUERENT_SERVING"] = "1"
refuse_unsafe_production()
application = get_wsgi_application()
clock.start()
