package dev.drawbridge.atproto.record.cbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.atproto.record.MalformedData;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CidTest {
    @Test
    void theWellKnownHashOfAnEmptyMap() {
        Cid cid = Cid.ofCbor(new byte[] {(byte) 0xa0});
        assertThat(cid).hasToString("bafyreigbtj4x7ip5legnfznufuopl4sg4knzc2cof6duas4b3q2fy6swua");
        assertThat(cid.codec()).isEqualTo(Cid.Codec.DAG_CBOR);
        assertThat(cid.matches(new byte[] {(byte) 0xa0})).isTrue();
        assertThat(cid.matches(new byte[] {(byte) 0xa1})).isFalse();
    }

    @Property(tries = 300)
    void aCidGoesThroughTextAndBytes(@ForAll byte[] content) {
        for (Cid cid : new Cid[] {Cid.ofCbor(content), Cid.ofRaw(content)}) {
            assertThat(Cid.parse(cid.toString())).isEqualTo(cid).hasSameHashCodeAs(cid);
            assertThat(Cid.fromBytes(cid.bytes())).isEqualTo(cid);
            assertThat(Cid.ofDigest(cid.codec(), cid.digest())).isEqualTo(cid);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "b",
                "z7x3CtScH765HvShXT",
                "QmbWqxBEKC3P8tqsKc98xmWNzrzDtRLMiMPL8wBuTGsMnR",
                "bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi",
                "bafyreigbtj4x7ip5legnfznufuopl4sg4knzc2cof6duas4b3q2fy6swu",
                "bafyreigbtj4x7ip5legnfznufuopl4sg4knzc2cof6duas4b3q2fy6swub",
                "bafyreigbtj4x7ip5legnfznufuopl4sg4knzc2cof6duas4b3q2fy6swuaa",
                "BAFYREIGBTJ4X7IP5LEGNFZNUFUOPL4SG4KNZC2COF6DUAS4B3Q2FY6SWUA"
            })
    void otherKindsAreRefused(String text) {
        assertThat(Cid.tryParse(text)).isEmpty();
        assertThatThrownBy(() -> Cid.parse(text)).isInstanceOf(MalformedData.class);
    }

    @Test
    void everyByteOfTheHeaderCounts() {
        byte[] good = Cid.ofCbor(new byte[0]).bytes();
        for (int i = 0; i < 4; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 1;
            assertThatThrownBy(() -> Cid.fromBytes(bad)).isInstanceOf(MalformedData.class);
        }
        assertThatThrownBy(() -> Cid.fromBytes(Arrays.copyOf(good, 35))).isInstanceOf(MalformedData.class);
        assertThatThrownBy(() -> Cid.ofDigest(Cid.Codec.RAW, new byte[31]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void base32IsThatOfRfc4648() {
        assertThat(Base32.encode("foobar".getBytes(StandardCharsets.UTF_8))).isEqualTo("mzxw6ytboi");
        assertThat(Base32.encode("f".getBytes(StandardCharsets.UTF_8))).isEqualTo("my");
        assertThatThrownBy(() -> Base32.decode("mz")).isInstanceOf(MalformedData.class);
        assertThatThrownBy(() -> Base32.decode("m")).isInstanceOf(MalformedData.class);
        assertThatThrownBy(() -> Base32.decode("m1")).isInstanceOf(MalformedData.class);
    }

    @Property(tries = 500)
    void base32GoesBothWays(@ForAll byte[] bytes) {
        assertThat(Base32.decode(Base32.encode(bytes))).isEqualTo(bytes);
    }

    @Test
    void base58IsThatOfItsDraft() {
        assertThat(Base58btc.encode("Hello World!".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("2NEpo7TZRRrLZSi2U");
        assertThat(Base58btc.encode(HexFormat.of().parseHex("0000287fb4cd"))).isEqualTo("11233QC4");
        assertThat(Base58btc.encode(new byte[3])).isEqualTo("111");
        assertThat(Base58btc.decode("111")).isEqualTo(new byte[3]);
        assertThat(Base58btc.decode("")).isEmpty();
        assertThatThrownBy(() -> Base58btc.decode("0")).isInstanceOf(MalformedData.class);
        assertThatThrownBy(() -> Base58btc.decode("l")).isInstanceOf(MalformedData.class);
        assertThatThrownBy(() -> Base58btc.decode("2".repeat(513))).isInstanceOf(MalformedData.class);
    }

    @Property(tries = 500)
    void base58GoesBothWays(@ForAll byte[] bytes) {
        byte[] some = Arrays.copyOf(bytes, Math.min(bytes.length, 200));
        assertThat(Base58btc.decode(Base58btc.encode(some))).isEqualTo(some);
    }

    @Property(tries = 300)
    void varintsGoBothWays(@ForAll @LongRange(min = 0) long value) {
        byte[] bytes = Varint.encode(value);
        assertThat(Varint.decode(bytes, 0)).isEqualTo(new Varint.Read(value, bytes.length));
    }

    @Test
    void varintsHaveOneFormOnly() {
        assertThat(Varint.encode(300)).asHexString().isEqualToIgnoringCase("ac02");
        for (String bad : new String[] {"", "80", "8000", "ffffffffffffffffff", "ffffffffffffffffff01"}) {
            assertThatThrownBy(() -> Varint.decode(HexFormat.of().parseHex(bad), 0))
                    .as(bad)
                    .isInstanceOf(MalformedData.class);
        }
        assertThatThrownBy(() -> Varint.encode(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
