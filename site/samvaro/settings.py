"""One settings file. Servers differ by environment variables only (.env.example names them all)."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF, UNSAFE_INLINE

from samvaro import clock, environment

environment.load_demo_environment()

ROOT = environment.ROOT
PROJECT = Path(__file__).resolve().parent

# --- who we are --------------------------------------------------------------------------------
SITE_URL = environment.required("SITE_URL").rstrip("/")
HTTPS = SITE_URL.startswith("https://")
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_SITE_NAME = "Samvaro"

DEBUG = environment.flag("DEBUG")
SECRET_KEY = environment.secret("SECRET_KEY")
SECRET_KEY_FALLBACKS = environment.listed("SECRET_KEY_FALLBACKS")
# Keys for encrypted fields, newest first. The first one writes, all of them read.
FIELD_KEYS = environment.listed("FIELD_KEYS") or [environment.required("FIELD_KEYS")]
ALLOWED_HOSTS = environment.listed("ALLOWED_HOSTS") or [urlsplit(SITE_URL).hostname or ""]
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# --- what it is made of ------------------------------------------------------------------------
INSTALLED_APPS = [
    "samvaro",
    "pages",
    "reports",
    "newsletters",
    "events",
    "volunteers",
    "members",
    "payments",
    "mail",
    "privacy",
    "wagtail.contrib.settings",
    "wagtail.contrib.redirects",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.embeds",
    "wagtail.sites",
    "members.apps.StaffUsersConfig",  # wagtail.users with our forms
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "samvaro.middleware.headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "samvaro.page_cache.PageCacheMiddleware",
    "csp.middleware.CSPMiddleware",
    "samvaro.middleware.admin_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "samvaro.csrf.SameOriginMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "members.middleware.StaffDoorMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "samvaro.middleware.known_association",
    "samvaro.busy.DatabaseBusyMiddleware",
]

ROOT_URLCONF = "samvaro.urls"
WSGI_APPLICATION = "samvaro.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PROJECT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "pages.context_processors.site",
            ],
        },
    }
]

FORM_RENDERER = "samvaro.form_fields.QuickRenderer"

# --- where the rows are ------------------------------------------------------------------------
_env = environ.Env()
DATABASES = {"default": _env.db_url_config(environment.required("DATABASE_URL"))}
DATABASES["default"] |= {
    "ENGINE": "samvaro.postgres",
    # Django's own default of 0 made every page nine times slower.
    "CONN_MAX_AGE": 60,
    # After a restart of PostgreSQL the next request opens a new connection instead of failing.
    "CONN_HEALTH_CHECKS": True,
    "DISABLE_SERVER_SIDE_CURSORS": False,
}
DATABASES["default"].setdefault("OPTIONS", {})["connect_timeout"] = 3
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = environment.required("REDIS_URL")
# How long a page may wait for a silent broker or cache, in seconds.
BROKER_PATIENCE = 0.5
CACHES = {
    "default": {
        "BACKEND": "samvaro.cache.ForgivingValkeyCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "samvaro",
        "OPTIONS": {"socket_timeout": BROKER_PATIENCE, "socket_connect_timeout": BROKER_PATIENCE},
    }
}

# --- the clock and the bell --------------------------------------------------------------------
CELERY_BROKER_URL = REDIS_URL
CELERY_BEAT_SCHEDULE = clock.beat_schedule()
CELERY_TIMEZONE = "UTC"
CELERY_ENABLE_UTC = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
# A message is only a bell: it is forgotten as soon as it is heard. What a killed worker had in hand
# is in the rows, and the clock finds it (tests/faults).
CELERY_TASK_ACKS_LATE = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_SOFT_TIME_LIMIT = 60
CELERY_TASK_TIME_LIMIT = 90
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 20
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # Every task ends within 90 s, so a message that is older was lost with its worker.
    "visibility_timeout": 900,
    # A page that rings the bell waits so long at the most. A worker's own wait for the next message
    # is 1 s and must stay shorter.
    "socket_timeout": 2,
    "socket_connect_timeout": BROKER_PATIENCE,
    "retry_on_timeout": False,
    # One try to connect. Celery would wait 6 s for a broker that is away, with the visitor.
    "max_retries": 0,
}

# --- letters -----------------------------------------------------------------------------------
_transport = environment.mail_transport(environment.required("EMAIL_URL"))
vars().update(_transport)
# Seconds. Django's default waits for ever.
EMAIL_TIMEOUT = 15
# How long one worker may hold a letter before another may try. Longer than CELERY_TASK_TIME_LIMIT:
# whoever held it is dead by then, and not just slow.
LETTER_LEASE = timedelta(seconds=120)
# A mail server that cannot be reached is asked again after this; no letter is to blame for it.
MAIL_SERVER_WAIT = timedelta(seconds=30)
DEFAULT_FROM_EMAIL = f"hej@{urlsplit(SITE_URL).hostname}"
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Letters that one mailbox gets in 24 hours because somebody filled in a public form with it. More
# are silently left out: a form must not be a way to flood somebody (docs/decisions/0006).
PUBLIC_LETTERS_PER_DAY = _env.int("PUBLIC_LETTERS_PER_DAY", default=5)
# Where letters that cannot be delivered come back to. The number of the letter is added behind a
# plus sign, so the mailbox must take name+anything@. Without it they come back to the sender.
BOUNCE_ADDRESS = environment.optional("BOUNCE_ADDRESS")
# How that mailbox is read: imaps://user:password@host/INBOX, pop3s://user:password@host or
# maildir:///path. A mailbox of its own, that nobody else empties.
BOUNCE_MAILBOX = environment.optional("BOUNCE_MAILBOX")
# Who carries our mail and tells what came back, as anymail names it: mailgun, brevo, postmark ...
# It calls /webhooks/mail/NAME/ with the user and password of ANYMAIL_WEBHOOK_SECRET.
MAIL_PROVIDER = environment.optional("MAIL_PROVIDER") or _transport.get("MAIL_PROVIDER", "")
# What a provider cannot do with a letter (our own number in its reports) is no reason to keep it.
ANYMAIL = {
    "IGNORE_UNSUPPORTED_FEATURES": True,
    "REQUESTS_TIMEOUT": EMAIL_TIMEOUT,
    **environment.beginning_with("ANYMAIL_"),
}
environment.check_mail_provider(MAIL_PROVIDER, environment.optional("ANYMAIL_WEBHOOK_SECRET"))

# --- newsletters -------------------------------------------------------------------------------
# An address of their own, apart from the letters that somebody waits for. SPF, DKIM and DMARC of
# its domain must name the mail server.
NEWSLETTER_FROM = _env.str("NEWSLETTER_FROM", default=f"nyhetsbrev@{urlsplit(SITE_URL).hostname}")
# Letters a second, all connections together; 0 is as fast as the mail server takes them.
NEWSLETTER_RATE = _env.float("NEWSLETTER_RATE", default=10.0)
# Connections to the mail server at the same time. More than one helps only where it answers slowly.
NEWSLETTER_CONNECTIONS = _env.int("NEWSLETTER_CONNECTIONS", default=1)
# They leave between these hours, Swedish time; what is left over goes on the next day.
NEWSLETTER_HOURS = (8, 20)
# Name servers that the page about the sender asks; none: those of the system.
DNS_SERVERS = environment.listed("DNS_SERVERS")

# --- Stripe ------------------------------------------------------------------------------------
# Without a key nobody is offered card or Swish through Stripe; everything else works.
STRIPE_SECRET_KEY = environment.optional("STRIPE_SECRET_KEY")
STRIPE_WEBHOOK_SECRET = environment.optional("STRIPE_WEBHOOK_SECRET")
# Where a stand-in for Stripe answers. Never together with a key that moves real money.
STRIPE_API_BASE = environment.optional("STRIPE_API_BASE").rstrip("/")
STRIPE_LIVE = STRIPE_SECRET_KEY.startswith(("sk_live_", "rk_live_"))
environment.check_stripe(key=STRIPE_SECRET_KEY, secret=STRIPE_WEBHOOK_SECRET, base=STRIPE_API_BASE)
# Seconds that one question to Stripe may take; it is asked three times at the most.
STRIPE_TIMEOUT = 8
STRIPE_RETRIES = 2

# --- public forms -------------------------------------------------------------------------------
# POSTs per visitor's address and stretch of seconds. Generous: a whole library shares one address.
FORM_LIMIT = (_env.int("FORM_LIMIT", default=300), 300)
# Seconds from an opened page to a press that only a robot manages.
FORM_FASTEST = 1.0

# --- language and time -------------------------------------------------------------------------
LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
LOCALE_PATHS = [PROJECT / "locale"]
TIME_ZONE = "Europe/Stockholm"
# Whatever somebody chose in their profile: times are typed and read as the wall clock shows them.
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

# --- files -------------------------------------------------------------------------------------
STATIC_URL = "/static/"
MEDIA_URL = "/media/"
MEDIA_ROOT = _env.str("MEDIA_ROOT", default=str(ROOT / "media"))
# The keys of answers that die (docs/decisions/0013). Never inside what is backed up.
ANSWER_KEYS_DIR = _env.str("ANSWER_KEYS_DIR", default=str(environment.data_dir() / "answer-keys"))
# The crisis page as one file, for the web server to show when nobody else answers.
CRISIS_COPY = _env.str("CRISIS_COPY", default=f"{MEDIA_ROOT}/akut-hjalp.html")
# Uploaded pictures are served by the web server in front; where there is none, by ourselves.
SERVE_MEDIA = environment.flag("SERVE_MEDIA", default=not HTTPS)
# The demo serves the files where they lie; a server collects them once, named by their contents.
COLLECTED = environment.flag("STATIC_COLLECTED", default=HTTPS)
STATIC_ROOT = ROOT / "static-built" if COLLECTED else None
WHITENOISE_USE_FINDERS = not COLLECTED
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# --- who may come in ---------------------------------------------------------------------------
AUTH_USER_MODEL = "members.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "/logga-in/"
LOGIN_REDIRECT_URL = "/efter-inloggning/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "members.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_VERIFICATION = "none"
# Our own codes (members.services.login); allauth takes over when the code was right.
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 6}
# Seconds. People here are tired: the code of allauth's three minutes is gone before it is found.
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 60 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
# Seconds. What needs a fresh proof (exports, roles) asks when the last one is older.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ALLAUTH_TRUSTED_PROXY_COUNT = _env.int("TRUSTED_PROXY_COUNT", default=0)
# Seconds. Staff log in anew once a day, and show the second factor again after a rest.
STAFF_SESSION_AGE = 12 * 60 * 60
STAFF_IDLE_AGE = _env.int("STAFF_IDLE_AGE", default=30 * 60)
MFA_ADAPTER = "members.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "members.forms.FactorForm",
    "reauthenticate": "members.forms.FactorAgainForm",
    "activate_totp": "members.forms.AppForm",
    "add_webauthn": "members.forms.PasskeyForm",
    "edit_webauthn": "members.forms.PasskeyNameForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
# One half minute to each side: whoever types slowly is let in too.
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_TOTP_ISSUER = "Samvaro"
WAGTAILADMIN_LOGIN_URL = LOGIN_URL
WAGTAIL_FRONTEND_LOGIN_URL = LOGIN_URL
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False

# Thirty days: nobody should have to log in again because a week was heavy.
SESSION_COOKIE_AGE = 30 * 24 * 60 * 60
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "samvaro.views.form_refused"

# --- what a browser is told --------------------------------------------------------------------
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail shows previews of our own pages in a frame
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        # Chromium also stops a form whose answer leads elsewhere: to the page where one pays.
        "form-action": [SELF, "https://checkout.stripe.com", *filter(None, [STRIPE_API_BASE])],
        "frame-ancestors": [SELF],
    }
}
# Wagtail's admin writes scripts and styles into its own pages; only staff ever see them.
ADMIN_CONTENT_SECURITY_POLICY = {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
}
SILENCED_SYSTEM_CHECKS = [
    "security.W003",  # forms are guarded by samvaro.csrf.SameOriginMiddleware (docs/decisions/0005)
    "security.W019",  # Wagtail shows previews of our own pages in a frame: SAMEORIGIN, not DENY
]
# One megabyte is far more than any of our forms needs.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000

# --- Wagtail -----------------------------------------------------------------------------------
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "swedish"}
}
# No request may leave the house: no gravatar, no look for updates.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "odt", "xlsx", "ods", "txt"]
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {"features": ["bold", "italic", "link", "document-link", "ol", "ul"]},
    }
}
WAGTAIL_MODERATION_ENABLED = True

# --- logs --------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "masked": {"()": "privacy.logs.MaskPersonalData"},
        "no rejected forms": {"()": "privacy.logs.NoRejectedForms"},
    },
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["masked"],
        }
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.server": {"handlers": ["console"], "propagate": False},
        "django.request": {"filters": ["no rejected forms"]},
        # Two lines for every page that is saved say nothing to whoever reads the log.
        "django_tasks": {"level": "WARNING"},
        # Nor does each question to Stripe; what it refuses is told by payments.stripe_api.
        "stripe": {"level": "ERROR"},
    },
}
