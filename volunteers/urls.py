from typing import Any

app_name = "volunteers"
urlpatterns: list[Any] = []
