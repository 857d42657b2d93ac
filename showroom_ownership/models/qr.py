"""QR codes as small drawings that a page or a PDF carries in itself: no web server and no image library is asked."""

import base64

from reportlab.graphics.barcode.qr import QrCodeWidget

QUIET = 4


def data_uri(text):
    """The address of an SVG image of a text's QR code."""
    code = QrCodeWidget(text, barLevel="M").qr
    code.make()
    dots = "".join(
        f"M{column + QUIET},{row + QUIET}h1v1h-1z"
        for row, line in enumerate(code.modules)
        for column, dark in enumerate(line)
        if dark
    )
    side = len(code.modules) + 2 * QUIET
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="140" height="140" '
        f'shape-rendering="crispEdges"><path fill="#fff" d="M0,0h{side}v{side}h-{side}z"/><path d="{dots}"/></svg>'
    )
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
