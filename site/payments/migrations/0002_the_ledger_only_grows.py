"""The database itself refuses to change the ledger, whoever asks (docs/privacy.md)."""

from django.db import migrations

# What the law has let go may go: seven years and the rest of the year.
GUARD = """
CREATE FUNCTION payments_ledger_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.noted_at < now() - interval '8 years' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'the ledger only grows' USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON payments_payment
    FOR EACH ROW EXECUTE FUNCTION payments_ledger_only_grows();

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON payments_payment
    FOR EACH STATEMENT EXECUTE FUNCTION payments_ledger_only_grows();
"""

UNGUARD = """
DROP TRIGGER never_emptied ON payments_payment;
DROP TRIGGER only_grows ON payments_payment;
DROP FUNCTION payments_ledger_only_grows();
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_initial")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
