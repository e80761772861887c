package dev.drawbridge.atproto.record.cbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.atproto.record.MalformedData;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataJsonTest {
    private static final String CID = "bafkreibm6jg3ux5qumhcn2b3flc3tyu6dmlb4xa7u5bf44yegnrjhc4yeq";

    @Test
    void linksAndBytesHaveTheirOwnForm() {
        DataMap data = DataJson.parse(
                "{\"l\":{\"$link\":\"" + CID + "\"},\"b\":{\"$bytes\":\"AQI\"},\"p\":{\"$bytes\":\"AQI=\"}}");
        assertThat(data.link("l")).contains(Cid.parse(CID));
        assertThat(data.bytes("b")).contains(new byte[] {1, 2});
        assertThat(data.get("p")).isEqualTo(data.get("b"));
        assertThat(DataJson.write(data))
                .isEqualTo("{\"l\":{\"$link\":\"" + CID + "\"},\"b\":{\"$bytes\":\"AQI\"},\"p\":{\"$bytes\":\"AQI\"}}");
    }

    @Test
    void aBlobGoesBothWays() {
        Blob blob = new Blob(Cid.parse(CID), "image/png", 12);
        DataMap data = DataMap.builder().put("avatar", blob.toData()).build();
        DataMap again = DataJson.parse(DataJson.write(data));
        assertThat(again.map("avatar").flatMap(Blob::tryFrom)).contains(blob);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"$type\":\"blob\",\"mimeType\":\"image/png\",\"size\":1}",
                "{\"$type\":\"blob\",\"ref\":{\"$link\":\"" + CID + "\"},\"mimeType\":\"image/png\",\"size\":-1}",
                "{\"$type\":\"blob\",\"ref\":{\"$link\":\"" + CID + "\"},\"mimeType\":\"\",\"size\":1}",
                "{\"$type\":\"blob\",\"ref\":\"" + CID + "\",\"mimeType\":\"image/png\",\"size\":1}"
            })
    void aBrokenBlobIsRefused(String blob) {
        assertThatThrownBy(() -> DataJson.parse("{\"b\":" + blob + "}")).isInstanceOf(MalformedData.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "1",
                "null",
                "\"x\"",
                "{",
                "{}{}",
                "{\"a\":1.5}",
                "{\"a\":1e300}",
                "{\"a\":9223372036854775808}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":{\"$link\":\"x\"}}",
                "{\"a\":{\"$link\":\"" + CID + "\",\"b\":1}}",
                "{\"a\":{\"$bytes\":7}}",
                "{\"a\":{\"$bytes\":\"*\"}}",
                "{\"$type\":null}",
                "{\"$type\":\"\"}",
                "{\"a\":{\"$type\":3}}",
                "{\"a\":\"\\ud800\"}",
                "{\"\\ud800\":1}",
                "{\"a\":NaN}",
                "{a:1}"
            })
    void whatIsNotOfTheDataModelIsRefused(String json) {
        assertThatThrownBy(() -> DataJson.parse(json)).isInstanceOf(MalformedData.class);
        assertThatThrownBy(() -> DataJson.parse(json.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedData.class);
    }

    @Test
    void aWholeNumberMayBeWrittenLikeAFraction() {
        assertThat(DataJson.parse("{\"a\":12.0}").integer("a")).hasValue(12);
    }

    @Test
    void nestingHasALimit() {
        assertThatThrownBy(() -> DataJson.parse("{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}"))
                .isInstanceOf(MalformedData.class);
    }

    @Test
    void lookUpsAreEmptyForAnotherType() {
        DataMap data = DataJson.parse("{\"t\":\"x\",\"n\":1,\"l\":[\"a\",{\"b\":true},2],\"z\":null}");
        assertThat(data.text("n")).isEmpty();
        assertThat(data.integer("t")).isEmpty();
        assertThat(data.map("t")).isEmpty();
        assertThat(data.link("t")).isEmpty();
        assertThat(data.bytes("t")).isEmpty();
        assertThat(data.bool("t")).isEmpty();
        assertThat(data.list("t")).isEmpty();
        assertThat(data.texts("l")).containsExactly("a");
        assertThat(data.maps("l"))
                .containsExactly(DataMap.builder().put("b", true).build());
        assertThat(data.get("z")).contains(new Data.Null());
        assertThat(data.has("y")).isFalse();
    }

    @Test
    void aRecordNeedsItsType() {
        assertThatThrownBy(() -> DataRules.checkRecord(DataMap.empty())).isInstanceOf(MalformedData.class);
        DataMap inner = DataMap.builder().put("$type", "").build();
        DataMap record = DataMap.builder()
                .put("$type", "a.b.c")
                .put("x", DataList.of(inner))
                .build();
        assertThatThrownBy(() -> DataRules.checkRecord(record)).isInstanceOf(MalformedData.class);
    }

    @Test
    void aBuilderLeavesOutWhatIsNotThere() {
        DataMap map = DataMap.builder()
                .putIfPresent("a", Optional.<Data>empty())
                .putIfPresent("b", Optional.of(Data.of(1)))
                .build();
        assertThat(map.fields()).containsOnlyKeys("b");
        assertThat(map.toBuilder().put("c", "d").build().fields()).containsOnlyKeys("b", "c");
    }
}
