package dev.drawbridge.console;

import io.nayuki.qrcodegen.QrCode.Ecc;

/// A QR code (ISO/IEC 18004) as the path of an SVG image: one square for each dark module, with the quiet zone around.
///
/// @param size width and height in modules, quiet zone included
/// @param path the `d` of an SVG path
record QrCode(int size, String path) {
    private static final int QUIET = 4;

    /// @throws io.nayuki.qrcodegen.DataTooLongException for more than 2,331 bytes
    static QrCode of(String text) {
        var code = io.nayuki.qrcodegen.QrCode.encodeText(text, Ecc.MEDIUM);
        var path = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                if (code.getModule(x, y)) {
                    path.append('M')
                            .append(x + QUIET)
                            .append(' ')
                            .append(y + QUIET)
                            .append("h1v1h-1z");
                }
            }
        }
        return new QrCode(code.size + 2 * QUIET, path.toString());
    }

    public String getViewBox() {
        return "0 0 " + size + " " + size;
    }
}
