"""The database itself refuses to change the access log, whoever asks (docs/privacy.md)."""

from django.db import migrations

# Young rows stay. Old ones may go, one retention rule at a time.
GUARD = """
CREATE FUNCTION privacy_accesslog_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.at < now() - interval '2 years' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'the access log only grows' USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON privacy_accesslog
    FOR EACH ROW EXECUTE FUNCTION privacy_accesslog_only_grows();

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON privacy_accesslog
    FOR EACH STATEMENT EXECUTE FUNCTION privacy_accesslog_only_grows();
"""

UNGUARD = """
DROP TRIGGER never_emptied ON privacy_accesslog;
DROP TRIGGER only_grows ON privacy_accesslog;
DROP FUNCTION privacy_accesslog_only_grows();
"""


class Migration(migrations.Migration):
    dependencies = [("privacy", "0001_initial")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
