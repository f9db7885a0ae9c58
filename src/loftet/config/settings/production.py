"""What `loftet serve` runs, also for the demo. Behind HTTPS set LOFTET_HTTPS=1."""

import os

from loftet.config.settings.base import *  # noqa: F403

DEBUG = False
if os.environ.get("LOFTET_HTTPS", "") == "1":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
if os.environ.get("LOFTET_MAIL_HOST"):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = os.environ["LOFTET_MAIL_HOST"]
    EMAIL_PORT = int(os.environ.get("LOFTET_MAIL_PORT", "25"))
    EMAIL_HOST_USER = os.environ.get("LOFTET_MAIL_USER", "")
    EMAIL_HOST_PASSWORD = os.environ.get("LOFTET_MAIL_PASSWORD", "")
    EMAIL_USE_TLS = os.environ.get("LOFTET_MAIL_TLS", "1") == "1"
