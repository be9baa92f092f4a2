"""The page where one "pays". Says in every line that it is a test."""

from html import escape

from samvaro.demo.stripe_standin.objects import Row

METHODS = {"card": "kort", "swish": "Swish"}
STYLE = """
:root { color-scheme: light dark; --paper: #f4f6f8; --card: #fff; --ink: #16202a; --muted: #4a5866;
  --line: #b9c4cf; --go: #1f4f7a; --go-ink: #fff; --mark: #fff1c9; --mark-ink: #4a3500; }
@media (prefers-color-scheme: dark) { :root { --paper: #12181e; --card: #1b242d; --ink: #eef3f7;
  --muted: #b4c1cd; --line: #44525f; --go: #9cc9f0; --go-ink: #0d1b28; --mark: #463705;
  --mark-ink: #ffe9a8; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.125rem/1.5 system-ui,
  sans-serif; }
main { max-width: 30rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
.mark { background: var(--mark); color: var(--mark-ink); padding: .75rem 1rem; border-radius: .5rem;
  margin: 0 0 1.5rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .75rem;
  padding: 1.25rem; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; }
.sum { font-size: 2rem; font-weight: 700; margin: .25rem 0 1.25rem; }
p { margin: 0 0 1rem; } .muted { color: var(--muted); margin: 1rem 0 0; }
button, .back { display: block; width: 100%; min-height: 3rem; padding: .6rem 1rem; font: inherit;
  font-weight: 600; text-align: center; border-radius: .5rem; border: 2px solid var(--go);
  cursor: pointer; text-decoration: none; }
.go { background: var(--go); color: var(--go-ink); margin-bottom: .75rem; }
.no, .back { background: none; color: var(--ink); }
:focus-visible { outline: 3px solid var(--ink); outline-offset: 3px; }
"""


def page(session: Row) -> str:
    if session["status"] != "open":
        return _whole("Sidan är stängd", _closed(session))
    kronor, ore = divmod(session["amount_total"], 100)
    amount = f"{kronor}{f',{ore:02d}' if ore else ''}&nbsp;kr"
    what = escape(session["line_items"]["data"][0]["description"])
    how = " eller ".join(METHODS.get(one, one) for one in session["payment_method_types"])
    return _whole(
        f"Testbetalning, {what}",
        f"""<h1>{what}</h1>
<p class="sum">{amount}</p>
<p>Betala med {escape(how)}. Du fyller inte i något.</p>
<form method="post">
<button class="go" name="do" value="pay">Betala</button>
<button class="no" name="do" value="cancel">Avbryt</button>
</form>""",
    )


def _closed(session: Row) -> str:
    was_paid = session["status"] == "complete"
    words = "Den är redan betald." if was_paid else "Tiden har gått ut. Börja om från början."
    back = escape(session["success_url" if was_paid else "cancel_url"] or "", quote=True)
    link = f'<a class="back" href="{back}">Tillbaka</a>' if back else ""
    return f"<h1>Sidan är stängd</h1>\n<p>{words}</p>\n{link}"


STATES = {"open": "väntar", "expired": "har gått ut", "complete": "ifylld"}


def front(sessions: list[Row]) -> str:
    """What has been asked for and paid, and a button for what Stripe does by itself each week."""
    lines = "\n".join(f"<li>{_line(session)}</li>" for session in sessions[:50])
    return _whole(
        "Testbetalningar",
        f"""<h1>Testbetalningar</h1>
<p>Hit kommer den som betalar med kort eller Swish i demon.</p>
<ul>{lines or "<li>Ingen har betalat än.</li>"}</ul>
<form method="post">
<button class="go" name="do" value="pay_out">Betala ut till banken</button>
</form>""",
    )


def _line(session: Row) -> str:
    what = escape(session["line_items"]["data"][0]["description"])
    is_paid = session["payment_status"] == "paid"
    return f"{what}: {'betald' if is_paid else STATES[session['status']]}"


def _whole(title: str, inside: str) -> str:
    return f"""<!doctype html>
<html lang="sv">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title}</title>
<style>{STYLE}</style>
</head>
<body>
<main>
<p class="mark"><strong>Testbetalning.</strong> Inga pengar flyttas. Här står annars Stripes sida.</p>
<div class="card">
{inside}
</div>
<p class="muted">Samvaros ersättare för Stripe</p>
</main>
</body>
</html>
"""
