package dev.drawbridge.atproto.record.cbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.Vectors;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class DataModelVectorsTest {
    @Test
    void jsonAndCborAndCidAreOneAndTheSame() {
        for (var vector : Vectors.json("data-model/data-model-fixtures.json")) {
            DataMap data = DataJson.map(vector.get("json"));
            byte[] cbor = Base64.getDecoder().decode(vector.get("cbor_base64").asString());
            assertThat(DagCbor.encode(data)).isEqualTo(cbor);
            assertThat(DagCbor.decode(cbor)).isEqualTo(data);
            assertThat(DagCbor.cid(data)).hasToString(vector.get("cid").asString());
            assertThat(DataJson.parse(DataJson.write(data))).isEqualTo(data);
        }
    }

    @Test
    void validJsonIsAccepted() {
        for (var vector : Vectors.json("data-model/data-model-valid.json")) {
            assertThatCode(() -> DataJson.map(vector.get("json")))
                    .as(vector.get("note").asString())
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void invalidJsonIsRefused() {
        for (var vector : Vectors.json("data-model/data-model-invalid.json")) {
            assertThatThrownBy(() -> DataJson.map(vector.get("json")))
                    .as(vector.get("note").asString())
                    .isInstanceOf(MalformedData.class);
        }
    }

    @Test
    void blobCidsAreThoseOfTheReference() {
        for (var vector : Vectors.json("golden/misc.json").get("blobs")) {
            byte[] bytes = vector.get("utf8").asString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
            assertThat(Cid.ofRaw(bytes)).hasToString(vector.get("cid").asString());
        }
    }
}
