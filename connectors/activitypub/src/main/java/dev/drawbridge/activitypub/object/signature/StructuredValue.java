package dev.drawbridge.activitypub.object.signature;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A member of a structured field ([RFC 9651](https://www.rfc-editor.org/rfc/rfc9651)).
sealed interface StructuredValue {
    /// In the order written.
    Map<String, Bare> parameters();

    record Item(Bare bare, Map<String, Bare> parameters) implements StructuredValue {}

    record InnerList(List<Item> items, Map<String, Bare> parameters) implements StructuredValue {}

    /// A value without parameters.
    sealed interface Bare {
        record Whole(long value) implements Bare {}

        /// At most three digits behind the point.
        record Decimal(BigDecimal value) implements Bare {}

        record Text(String value) implements Bare {}

        record Token(String value) implements Bare {}

        record Bytes(byte[] value) implements Bare {}

        record Flag(boolean value) implements Bare {}

        record Date(Instant value) implements Bare {}

        /// Text that may be in any script.
        record Display(String value) implements Bare {}
    }

    default Optional<String> text(String parameter) {
        return Optional.ofNullable(parameters().get(parameter))
                .flatMap(b -> b instanceof Bare.Text(String value) ? Optional.of(value) : Optional.empty());
    }

    default Optional<Long> whole(String parameter) {
        return Optional.ofNullable(parameters().get(parameter))
                .flatMap(b -> b instanceof Bare.Whole(long value) ? Optional.of(value) : Optional.empty());
    }

    /// As RFC 9651 §4.1 writes it: one spelling for each value.
    default String write() {
        return switch (this) {
            case Item(Bare bare, Map<String, Bare> parameters) -> write(bare) + write(parameters);
            case InnerList(List<Item> items, Map<String, Bare> parameters) ->
                "(" + String.join(" ", items.stream().map(Item::write).toList()) + ")" + write(parameters);
        };
    }

    static String write(Map<String, Bare> parameters) {
        var text = new StringBuilder();
        parameters.forEach((name, value) -> {
            text.append(';').append(name);
            if (!(value instanceof Bare.Flag(boolean set) && set)) {
                text.append('=').append(write(value));
            }
        });
        return text.toString();
    }

    private static String write(Bare bare) {
        return switch (bare) {
            case Bare.Whole(long value) -> Long.toString(value);
            case Bare.Decimal(BigDecimal value) -> decimal(value);
            case Bare.Text(String value) -> '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
            case Bare.Token(String value) -> value;
            case Bare.Bytes(byte[] value) -> ':' + Base64.getEncoder().encodeToString(value) + ':';
            case Bare.Flag(boolean value) -> value ? "?1" : "?0";
            case Bare.Date(Instant value) -> "@" + value.getEpochSecond();
            case Bare.Display(String value) -> display(value);
        };
    }

    private static String decimal(BigDecimal value) {
        BigDecimal rounded = value.setScale(3, RoundingMode.HALF_EVEN).stripTrailingZeros();
        return rounded.scale() < 1 ? rounded.setScale(1).toPlainString() : rounded.toPlainString();
    }

    private static String display(String value) {
        var text = new StringBuilder("%\"");
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b >= 0x20 && b < 0x7f && b != '%' && b != '"';
            text.append(plain ? String.valueOf((char) b) : "%%%02x".formatted(b));
        }
        return text.append('"').toString();
    }
}
