package dev.drawbridge.activitypub.object.signature;

import dev.drawbridge.activitypub.object.signature.StructuredValue.Bare;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/// Reads one bare value of a structured field, [RFC 9651
/// §4.2.3.1](https://www.rfc-editor.org/rfc/rfc9651#section-4.2.3.1).
final class StructuredReader {
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~:/";
    private static final int MOST_DIGITS = 15;
    private static final int MOST_WHOLE_DIGITS = 12;
    private static final int MOST_FRACTION_DIGITS = 3;
    private final String text;
    private int at;

    /// Not a structured field.
    static final class UnreadableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnreadableException() {
            super("not a structured field", null, false, false);
        }
    }

    StructuredReader(String text, int at) {
        this.text = text;
        this.at = at;
    }

    /// Where the value ended.
    int position() {
        return at;
    }

    /// @throws UnreadableException if there is no value here
    Bare bare() {
        char first = peek();
        if (first == '-' || isDigit(first)) {
            return number();
        }
        if (first == '*' || isLetter(first)) {
            return token();
        }
        return switch (first) {
            case '"' -> string();
            case ':' -> bytes();
            case '?' -> flag();
            case '@' -> date();
            case '%' -> display();
            default -> throw new UnreadableException();
        };
    }

    private Bare number() {
        int from = at;
        at += peek() == '-' ? 1 : 0;
        int whole = digits();
        require(whole > 0);
        if (peek() != '.') {
            require(whole <= MOST_DIGITS);
            return new Bare.Whole(Long.parseLong(text.substring(from, at)));
        }
        at++;
        int fraction = digits();
        require(whole <= MOST_WHOLE_DIGITS && fraction > 0 && fraction <= MOST_FRACTION_DIGITS);
        return new Bare.Decimal(new BigDecimal(text.substring(from, at)));
    }

    private int digits() {
        int from = at;
        while (isDigit(peek())) {
            at++;
        }
        return at - from;
    }

    private Bare token() {
        int from = at;
        while (isLetter(peek()) || isDigit(peek()) || peek() != 0 && TOKEN_MARKS.indexOf(peek()) >= 0) {
            at++;
        }
        return new Bare.Token(text.substring(from, at));
    }

    private Bare string() {
        at++;
        var value = new StringBuilder();
        while (peek() != '"') {
            if (peek() == '\\') {
                at++;
                require(peek() == '"' || peek() == '\\');
            }
            require(peek() >= 0x20 && peek() < 0x7f);
            value.append(next());
        }
        at++;
        return new Bare.Text(value.toString());
    }

    private Bare bytes() {
        int end = text.indexOf(':', at + 1);
        require(end > 0);
        String base64 = text.substring(at + 1, end);
        at = end + 1;
        try {
            return new Bare.Bytes(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException _) {
            throw new UnreadableException();
        }
    }

    private Bare flag() {
        at++;
        char value = next();
        require(value == '0' || value == '1');
        return new Bare.Flag(value == '1');
    }

    private Bare date() {
        at++;
        if (!(number() instanceof Bare.Whole(long seconds))) {
            throw new UnreadableException();
        }
        return new Bare.Date(Instant.ofEpochSecond(seconds));
    }

    private Bare display() {
        at++;
        require(next() == '"');
        var utf8 = new ByteArrayOutputStream();
        while (peek() != '"') {
            char c = next();
            require(c >= 0x20 && c < 0x7f);
            utf8.write(c == '%' ? 16 * hex(next()) + hex(next()) : c);
        }
        at++;
        try {
            return new Bare.Display(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8.toByteArray()))
                    .toString());
        } catch (CharacterCodingException _) {
            throw new UnreadableException();
        }
    }

    private static int hex(char c) {
        require(isDigit(c) || c >= 'a' && c <= 'f');
        return Character.digit(c, 16);
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private char next() {
        require(at < text.length());
        return text.charAt(at++);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new UnreadableException();
        }
    }
}
