package dev.drawbridge.atproto.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.lexicon.LexiconCatalog;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.model.Loss;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class RecordRepairTest {
    private static final RepoPath POST = RepoPath.parse("app.bsky.feed.post/3mfcb2bsk2k2a");
    private static final RepoPath PROFILE = RepoPath.parse("app.bsky.actor.profile/self");
    private static final String BLOB = "{'$type':'blob','ref':{'$link':"
            + "'bafkreibme22gw2h7y2h7tg2fhqotaqjucnbc24deqo72b6mkl2egezxhvy'},'mimeType':'image/png','size':5}";
    private static final String QUOTE = "{'record':{'uri':'at://did:plc:bbbbbbbbbbbbbbbbbbbbbbbb/app.bsky.feed.post/"
            + "3mfcb2bsk2k2a','cid':'bafyreiclp443lavogvhj3d2ob2cxbfuscni2k5jk7bebjzg7khl3esabwq'}}";
    private final List<Loss> losses = new ArrayList<>();

    private static ObjectNode json(String text) {
        return (ObjectNode) JsonMapper.shared().readTree(text.replace('\'', '"'));
    }

    private static ObjectNode post(String fields) {
        return json("{'$type':'app.bsky.feed.post','text':'a','createdAt':'2026-03-01T12:00:00Z'," + fields + "}");
    }

    private ObjectNode mended(RepoPath path, ObjectNode record) {
        ObjectNode mended = RecordRepair.mend(path, record, losses);
        assertThat(LexiconCatalog.bundled().check(path, DataJson.map(mended))).isEmpty();
        return mended;
    }

    @Test
    void whatIsFineStaysAsItIs() {
        assertThat(mended(POST, post("'langs':['en']"))).isEqualTo(post("'langs':['en']"));
        assertThat(losses).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "'langs':['en','de','fr','it'] | 'langs':['en','de','fr']",
                "'langs':['en_US','de'] | 'langs':['de']",
                "'tags':['1','2','3','4','5','6','7','8','9','10'] | 'tags':['1','2','3','4','5','6','7','8']",
                "'langs':null,'x':1 | 'x':1",
                "'labels':{'values':[]},'x':1 | 'x':1",
                "'embed':{'$type':'app.bsky.embed.external','external':{'uri':'a b'}},'x':1 | 'x':1",
                "'embed':{'$type':'app.bsky.embed.images','images':[{'alt':''}]},'x':1 | 'x':1",
                "'embed':{'$type':'app.bsky.embed.images','images':[{'alt':''},{'image':" + BLOB
                        + ",'aspectRatio':{'width':0,'height':1}}]} | "
                        + "'embed':{'$type':'app.bsky.embed.images','images':[{'image':" + BLOB + ",'alt':''}]}",
                "'embed':{'$type':'app.bsky.embed.recordWithMedia','record':" + QUOTE
                        + ",'media':{'$type':'app.bsky.embed.external','external':{'uri':'a b'}}} | "
                        + "'embed':{'record':{'uri':'at://did:plc:bbbbbbbbbbbbbbbbbbbbbbbb/app.bsky.feed.post/"
                        + "3mfcb2bsk2k2a','cid':'bafyreiclp443lavogvhj3d2ob2cxbfuscni2k5jk7bebjzg7khl3esabwq'},"
                        + "'$type':'app.bsky.embed.record'}",
                "'facets':[{'index':{'byteStart':0,'byteEnd':1},'features':[{'$type':'app.bsky.richtext.facet#mention',"
                        + "'did':'bob.test'}]}],'x':1 | 'x':1",
                "'facets':[{'index':{'byteStart':0,'byteEnd':9},'features':[]}],'x':1 | 'x':1"
            })
    void whatConsumersWouldDropIsLeftOutWithALoss(String broken, String whole) {
        assertThat(mended(POST, post(broken))).isEqualTo(post(whole));
        assertThat(losses).isNotEmpty();
    }

    @Test
    void aTextThatIsTooLongIsCutAndItsSpansGo() {
        ObjectNode record = post("'facets':[{'index':{'byteStart':300,'byteEnd':310},'features':[]}]");
        record.put("text", "a".repeat(400));
        ObjectNode mended = mended(POST, record);
        assertThat(mended.path("text").asString()).isEqualTo("a".repeat(299) + "…");
        assertThat(mended.has("facets")).isFalse();
        assertThat(losses).extracting(Loss::field).contains("text", "facet");
    }

    @Test
    void aProfileLosesWhatIsWrong() {
        ObjectNode profile = json("{'$type':'app.bsky.actor.profile','website':'no page','avatar':" + BLOB + "}");
        profile.put("displayName", "n".repeat(65));
        ObjectNode mended = mended(PROFILE, profile);
        assertThat(mended.path("displayName").asString()).isEqualTo("n".repeat(63) + "…");
        assertThat(mended.has("website")).isFalse();
        assertThat(mended.has("avatar")).isTrue();
        assertThat(losses).extracting(Loss::field).containsExactlyInAnyOrder("displayName", "website");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'$type':'app.bsky.feed.post','createdAt':'2026-03-01T12:00:00Z'}",
                "{'$type':'app.bsky.feed.post','text':'a'}",
                "{'$type':'app.bsky.feed.like','text':'a','createdAt':'2026-03-01T12:00:00Z'}",
                "{'$type':'app.bsky.feed.post','text':'a','createdAt':'2026-03-01T12:00:00Z','reply':{}}",
                "{'$type':'app.bsky.feed.post','text':'a','createdAt':'2026-03-01T12:00:00Z','x':1.5}"
            })
    void whatCannotBeMendedDoesNotGo(String record) {
        assertThatThrownBy(() -> RecordRepair.mend(POST, json(record), losses)).isInstanceOf(Uncrossable.class);
    }
}
