package dev.drawbridge.atproto.record.cbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.atproto.record.MalformedData;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DagCborTest {
    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "23, 17",
        "24, 1818",
        "255, 18ff",
        "256, 190100",
        "65535, 19ffff",
        "65536, 1a00010000",
        "4294967295, 1affffffff",
        "4294967296, 1b0000000100000000",
        "9223372036854775807, 1b7fffffffffffffff",
        "-1, 20",
        "-24, 37",
        "-25, 3818",
        "-256, 38ff",
        "-257, 390100",
        "-9223372036854775808, 3b7fffffffffffffff"
    })
    void integersTakeTheirShortestForm(long value, String hex) {
        assertThat(DagCbor.encode(Data.of(value))).asHexString().isEqualToIgnoringCase(hex);
        assertThat(decode(hex)).isEqualTo(Data.of(value));
    }

    @Test
    void keysAreSortedByLengthAndThenByBytes() {
        DataMap map = DataMap.builder()
                .put("bb", 1)
                .put("a", 2)
                .put("é", 3)
                .put("aa", 4)
                .put("", 5)
                .build();
        assertThat(DagCbor.encode(map))
                .asHexString()
                .isEqualToIgnoringCase("a560056161026261610462626201" + "62c3a903");
    }

    @Test
    void everyKindHasItsBytes() {
        Cid cid = Cid.ofCbor(new byte[] {(byte) 0xa0});
        DataMap map = DataMap.builder()
                .put("a", new Data.Null())
                .put("b", true)
                .put("c", false)
                .put("d", new byte[] {1, 2})
                .put("e", cid)
                .put("f", DataList.of(Data.of("ü"), DataMap.empty()))
                .build();
        byte[] bytes = DagCbor.encode(map);
        assertThat(bytes)
                .asHexString()
                .isEqualToIgnoringCase("a66161f66162f56163f461644201026165d82a582500"
                        + HexFormat.of().formatHex(cid.bytes()) + "61668262c3bca0");
        assertThat(DagCbor.decodeMap(bytes)).isEqualTo(map);
    }

    @ParameterizedTest
    @CsvSource({
        "'', nothing at all",
        "1817, a number that is not in its shortest form",
        "1900ff, two bytes for one",
        "1a0000ffff, four bytes for two",
        "1b00000000ffffffff, eight bytes for four",
        "1bffffffffffffffff, more than 63 bits",
        "3bffffffffffffffff, less than 63 bits",
        "18, a number that ends early",
        "6261, a text that ends early",
        "61ff, a text that is not UTF-8",
        "63eda080, half of a surrogate pair",
        "62c080, an overlong zero",
        "f7, undefined",
        "f90000, a half float",
        "fa00000000, a float",
        "fb0000000000000000, a double",
        "f8ff, a simple value",
        "e0, an unassigned simple value",
        "ff, a break",
        "9fff, an indefinite array",
        "bfff, an indefinite map",
        "7fff, an indefinite text",
        "5fff, indefinite bytes",
        "1c, a reserved head",
        "c000, another tag",
        "d82a00, a link that is not bytes",
        "d82a40, an empty link",
        "d82a4101, a link without zero",
        "d82a420001, a link that is no CID",
        "a2616200616100, keys out of order",
        "a2616100616100, a key twice",
        "a26261610061610, an odd number of digits",
        "a262616100616200, a longer key first",
        "a10000, a key that is a number",
        "8000, something behind the end",
        "9a7fffffff, an array of two thousand million items",
        "ba7fffffff, a map of as many",
        "5a7fffffff, bytes of as many"
    })
    void anythingElseIsRefused(String hex, String why) {
        String even = hex.length() % 2 == 0 ? hex : hex + "0";
        assertThatThrownBy(() -> decode(even)).as(why).isInstanceOf(MalformedData.class);
    }

    @Test
    void aReplacementCharacterIsAnOrdinaryCharacter() {
        assertThat(decode("63efbfbd")).isEqualTo(Data.of("\uFFFD"));
    }

    @Test
    void nestingHasALimit() {
        assertThat(decode("81".repeat(63) + "80")).isInstanceOf(DataList.class);
        assertThatThrownBy(() -> decode("81".repeat(64) + "80")).isInstanceOf(MalformedData.class);
        assertThatThrownBy(() -> decode("81".repeat(900_000))).isInstanceOf(MalformedData.class);
    }

    @Test
    void sizesHaveLimits() {
        CborLimits small = new CborLimits(10, 4, 2, 3);
        assertThat(DagCbor.decode(HexFormat.of().parseHex("8200" + "00"), small))
                .isEqualTo(DataList.of(Data.of(0), Data.of(0)));
        for (String hex : new String[] {"83000000", "a16461616161" + "00", "8278" + "00".repeat(9)}) {
            assertThatThrownBy(() -> DagCbor.decode(HexFormat.of().parseHex(hex), small))
                    .as(hex)
                    .isInstanceOf(MalformedData.class);
        }
    }

    @Test
    void aMapIsAskedForAndNothingElseWillDo() {
        assertThatThrownBy(() -> DagCbor.decodeMap(new byte[] {(byte) 0x80})).isInstanceOf(MalformedData.class);
    }

    @Test
    void textThatIsNotUnicodeNeverBecomesData() {
        assertThatThrownBy(() -> Data.of("\ud800")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Data.of("a\udc00b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DataMap.builder().put("\ud800x", 1).build())
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Data.of("🦊").value()).isEqualTo("🦊");
    }

    private static Data decode(String hex) {
        return DagCbor.decode(HexFormat.of().parseHex(hex));
    }
}
