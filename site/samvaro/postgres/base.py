"""The database ENGINE of the site (settings.DATABASES).

Django asks a connection that was kept from an earlier request whether it still works (SELECT 1,
CONN_HEALTH_CHECKS). A server that stopped or was restarted has closed the line, and that can be seen
without a question.
"""

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    def is_usable(self) -> bool:
        line = self.connection
        if line is None or line.closed:
            return False
        listening = select.poll()
        listening.register(line.fileno(), select.POLLIN)
        # Something was said though nobody asked: a farewell, most likely. Now it is worth asking.
        return not listening.poll(0) or bool(super().is_usable())
