"""Files as banks write them, for tests."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

SPACES = {"02": "camt.054.001.02", "08": "camt.054.001.08"}


def deposit(amount: str = "200.00", **facts: Any) -> dict[str, Any]:
    return {
        "amount": amount, "currency": "SEK", "ocr": "", "text": "", "payer": "Kim Lind",
        "id": "", "day": "2026-11-16", "status": "BOOK", "way": "CRDT",
    } | facts  # fmt: skip


def transaction(row: dict[str, Any], version: str) -> str:
    amount = f'<Amt Ccy="{row["currency"]}">{row["amount"]}</Amt>'
    if version == "02":
        amount = f"<AmtDtls><TxAmt>{amount}</TxAmt></AmtDtls>"
        payer = f"<Nm>{escape(row['payer'])}</Nm>"
    else:
        payer = f"<Pty><Nm>{escape(row['payer'])}</Nm></Pty>"
    about = f"<Ustrd>{escape(row['text'])}</Ustrd>" if row["text"] else ""
    if row["ocr"]:
        kind = "<Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry></Tp>"
        about += f"<Strd><CdtrRefInf>{kind}<Ref>{row['ocr']}</Ref></CdtrRefInf></Strd>"
    refs = f"<Refs><AcctSvcrRef>{row['id']}</AcctSvcrRef></Refs>" if row["id"] else ""
    return (
        f"<TxDtls>{refs}{amount}<RltdPties><Dbtr>{payer}</Dbtr></RltdPties>"
        f"<RmtInf>{about}</RmtInf></TxDtls>"
    )


def entry(row: dict[str, Any], version: str) -> str:
    status = row["status"] if version == "02" else f"<Cd>{row['status']}</Cd>"
    return (
        f'<Ntry><Amt Ccy="{row["currency"]}">{row["amount"]}</Amt>'
        f"<CdtDbtInd>{row['way']}</CdtDbtInd><Sts>{status}</Sts>"
        f"<BookgDt><Dt>{row['day']}</Dt></BookgDt>"
        f"<NtryDtls>{transaction(row, version)}</NtryDtls></Ntry>"
    )


def camt(*rows: dict[str, Any], version: str = "08", before: str = "") -> bytes:
    return b"".join(camt_pieces(rows, version=version, before=before))


def camt_pieces(
    rows: Iterable[dict[str, Any]], *, version: str = "08", before: str = ""
) -> Iterable[bytes]:
    space = f"urn:iso:std:iso:20022:tech:xsd:{SPACES[version]}"
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'{head}{before}<Document xmlns="{space}"><BkToCstmrDbtCdtNtfctn><Ntfctn>'.encode()
    for row in rows:
        yield entry(row, version).encode()
    yield b"</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>"


def file(content: bytes) -> BytesIO:
    return BytesIO(content)
