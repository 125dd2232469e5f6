"""Ends with 0 when the server in this container answers; a container has no curl."""

import http.client
import os
import socket
import sys

line = http.client.HTTPConnection(os.environ["QUERENT_ALLOWED_HOSTS"].split(",")[0].strip())
line.sock = socket.socket(socket.AF_UNIX)
line.sock.settimeout(2)
line.sock.connect("/run/querent/web.sock")
line.request("GET", "/healthz")
sys.exit(line.getresponse().status != http.HTTPStatus.OK)
