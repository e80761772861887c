package dev.drawbridge.activitypub.object.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drawbridge.activitypub.object.signature.StructuredValue.Bare;
import dev.drawbridge.activitypub.object.signature.StructuredValue.InnerList;
import dev.drawbridge.activitypub.object.signature.StructuredValue.Item;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StructuredFieldsTest {
    private static final Path VECTORS = Path.of("../../../shared/vectors/activitypub/structured-fields");
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private final JsonMapper json = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @Test
    void aSignatureInputIsReadAndWrittenTheSame() {
        String input = "(\"@method\" \"@target-uri\");created=1618884473;keyid=\"https://a.example/k\";alg=\"ed25519\"";
        var list = StructuredFields.dictionary("sig1=" + input).orElseThrow().get("sig1");
        assertThat(list).isInstanceOf(InnerList.class);
        assertThat(list.text("keyid")).contains("https://a.example/k");
        assertThat(list.whole("created")).contains(1_618_884_473L);
        assertThat(list.write()).isEqualTo(input);
    }

    @Test
    void whatIsSpacedOtherwiseIsWrittenTheOneWay() {
        var read = StructuredFields.dictionary("a=( \"x\"   \"y\" );  b;c=?1 ,\td=:AAA=:")
                .orElseThrow();
        assertThat(read.get("a").write()).isEqualTo("(\"x\" \"y\");b;c");
        assertThat(StructuredFields.bytes(read.get("d")))
                .hasValueSatisfying(b -> assertThat(b).containsExactly(0, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a=", "a=(\"x\"", "a=\"x", "a=:AA", "a=1,", "A=1", "a=1 b=2", "a=\"\u00e9\"", "a=\"\\x\"", "=1"})
    void aDictionaryIsReadWholeOrNotAtAll(String header) {
        assertThat(StructuredFields.dictionary(header)).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> theVectorsOfTheHttpWorkingGroup() throws IOException {
        assumeTrue(Files.isDirectory(VECTORS), "no structured field vectors here");
        var cases = new ArrayList<DynamicTest>();
        try (var files = Files.list(VECTORS)) {
            for (Path file : files.sorted().toList()) {
                for (JsonNode one : json.readTree(Files.readString(file))) {
                    cases.add(DynamicTest.dynamicTest(
                            file.getFileName() + ": " + one.path("name").stringValue(), () -> judge(one)));
                }
            }
        }
        assertThat(cases).hasSizeGreaterThan(100);
        return cases.stream();
    }

    private void judge(JsonNode one) {
        String header = String.join(
                ", ",
                StreamSupport.stream(one.path("raw").spliterator(), false)
                        .map(JsonNode::stringValue)
                        .toList());
        Optional<?> read = read(one.path("header_type").stringValue(), header);
        if (one.path("must_fail").asBoolean(false)) {
            assertThat(read).isEmpty();
        } else if (read.isPresent() || !one.path("can_fail").asBoolean(false)) {
            assertThat(shape(read.orElseThrow())).isEqualTo(expected(one));
            assertThat(written(read.get())).isEqualTo(canonical(one, header));
        }
    }

    private static Optional<?> read(String type, String header) {
        return switch (type) {
            case "dictionary" -> StructuredFields.dictionary(header);
            case "list" -> StructuredFields.list(header);
            default -> StructuredFields.item(header);
        };
    }

    private static String canonical(JsonNode one, String header) {
        return one.has("canonical")
                ? String.join(
                        ", ",
                        StreamSupport.stream(one.path("canonical").spliterator(), false)
                                .map(JsonNode::stringValue)
                                .toList())
                : header;
    }

    private static String written(Object read) {
        return switch (read) {
            case StructuredValue value -> value.write();
            case List<?> list ->
                String.join(
                        ", ", list.stream().map(StructuredFieldsTest::written).toList());
            case Map<?, ?> members ->
                String.join(
                        ", ",
                        members.entrySet().stream()
                                .map(e -> e.getKey() + member((StructuredValue) e.getValue()))
                                .toList());
            default -> throw new IllegalArgumentException(read.toString());
        };
    }

    private static String member(StructuredValue value) {
        boolean bare = value instanceof Item(Bare.Flag(boolean set), var _) && set;
        return bare ? StructuredValue.write(value.parameters()) : "=" + value.write();
    }

    /// Plain lists and values, as the vectors write them.
    private static Object shape(Object read) {
        return switch (read) {
            case Item(Bare bare, var parameters) -> List.of(shape(bare), shape(parameters));
            case InnerList(List<Item> items, var parameters) ->
                List.of(items.stream().map(StructuredFieldsTest::shape).toList(), shape(parameters));
            case List<?> list -> list.stream().map(StructuredFieldsTest::shape).toList();
            case Map<?, ?> members ->
                members.entrySet().stream()
                        .map(e -> List.of(e.getKey(), shape(e.getValue())))
                        .toList();
            case Bare.Whole(long value) -> BigDecimal.valueOf(value).stripTrailingZeros();
            case Bare.Decimal(BigDecimal value) -> value.stripTrailingZeros();
            case Bare.Text(String value) -> value;
            case Bare.Flag(boolean value) -> value;
            case Bare.Token(String value) -> Map.of("__type", "token", "value", value);
            case Bare.Bytes(byte[] value) -> "bytes " + HexFormat.of().formatHex(value);
            case Bare.Date(var value) ->
                Map.of(
                        "__type",
                        "date",
                        "value",
                        BigDecimal.valueOf(value.getEpochSecond()).stripTrailingZeros());
            case Bare.Display(String value) -> Map.of("__type", "displaystring", "value", value);
            default -> throw new IllegalArgumentException(read.toString());
        };
    }

    private static Object expected(JsonNode one) {
        return plain(one.path("expected"));
    }

    private static Object plain(JsonNode node) {
        if (node.isArray()) {
            return StreamSupport.stream(node.spliterator(), false)
                    .map(StructuredFieldsTest::plain)
                    .toList();
        }
        if (node.path("__type").asString("").equals("binary")) {
            return "bytes " + HexFormat.of().formatHex(base32(node.path("value").stringValue()));
        }
        if (node.isObject()) {
            var map = new LinkedHashMap<String, Object>();
            node.properties().forEach(e -> map.put(e.getKey(), plain(e.getValue())));
            return map;
        }
        return node.isNumber()
                ? node.decimalValue().stripTrailingZeros()
                : node.isBoolean() ? (Object) node.booleanValue() : node.stringValue();
    }

    private static byte[] base32(String text) {
        String digits = text.replace("=", "");
        byte[] bytes = new byte[digits.length() * 5 / 8];
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            int digit = BASE32.indexOf(digits.charAt(bit / 5));
            bytes[bit / 8] |= (byte) ((digit >> (4 - bit % 5) & 1) << (7 - bit % 8));
        }
        return bytes;
    }
}
