package dev.drawbridge.atproto.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.atproto.record.block.CarFile;
import dev.drawbridge.atproto.record.block.CarLimits;
import dev.drawbridge.atproto.record.block.CarReader;
import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.mst.Mst;
import dev.drawbridge.atproto.record.repo.SignedCommit;
import dev.drawbridge.atproto.record.sync.AccountEvent;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.atproto.store.blob.StoredBlob;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class XrpcTest extends XrpcFixture {
    XrpcTest(MongoDatabase database) {
        super(database);
    }

    @Test
    void aFileIsServedForShowingElsewhereOnly() {
        StoredBlob blob = pds.blobs.put(
                alice, "image/png", new byte[] {1, 2, 3}, Optional.empty(), Optional.empty(), pds.clock.instant());
        Reply reply = get("/xrpc/com.atproto.sync.getBlob?did=" + alice + "&cid=" + blob.cid());
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).containsExactly(1, 2, 3);
        assertThat(reply.headers())
                .containsEntry("content-type", "image/png")
                .containsEntry("content-length", "3")
                .containsEntry("content-security-policy", "default-src 'none'; sandbox")
                .containsEntry("x-content-type-options", "nosniff")
                .containsEntry("content-disposition", "attachment; filename=\"" + blob.cid() + "\"")
                .containsEntry("access-control-allow-origin", "*");
    }

    @Test
    void filesOfRecordsAreListedInPages() {
        for (int i = 0; i < 3; i++) {
            StoredBlob blob = pds.blobs.put(
                    alice, "image/png", new byte[] {(byte) i}, Optional.empty(), Optional.empty(), pds.clock.instant());
            pds.blobs.refer(
                    alice,
                    RepoPath.parse("app.bsky.feed.post/" + i),
                    List.of(blob.cid()),
                    latest.head().rev(),
                    pds.clock.instant());
        }
        String all = "/xrpc/com.atproto.sync.listBlobs?did=" + alice;
        JsonNode first = get(all + "&limit=2").json();
        JsonNode second =
                get(all + "&limit=2&cursor=" + first.path("cursor").asString()).json();
        assertThat(first.path("cids")).hasSize(2);
        assertThat(second.path("cids")).hasSize(1);
        assertThat(second.has("cursor")).isFalse();
        assertThat(get(all).json().path("cids")).hasSize(3);
        assertThat(get(all + "&since=" + latest.head().rev()).json().path("cids"))
                .isEmpty();
    }

    @Test
    void describesTheServerAndTakesNobodyIn() {
        JsonNode server = get("/xrpc/com.atproto.server.describeServer").json();
        assertThat(server.path("did").asString()).isEqualTo("did:web:at.bridge.test");
        assertThat(server.path("inviteCodeRequired").booleanValue()).isTrue();
        assertThat(server.path("availableUserDomains")).isEmpty();
        assertThat(server.path("blobUploadLimit").longValue()).isPositive();
        assertThat(server.path("contact").path("email").asString()).isEqualTo("ops@bridge.test");
        Reply refused = call("POST", "https://at.bridge.test/xrpc/com.atproto.server.createAccount");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("error").asString()).isEqualTo("InvalidInviteCode");
        assertThat(get("/xrpc/_health").json().path("version").asString()).isEqualTo("1.2.3");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,  app.bsky.feed.getTimeline,               501, MethodNotImplemented",
        "POST, com.atproto.repo.createRecord,           401, AuthMissing",
        "POST, com.atproto.sync.getRepo,                400, InvalidRequest",
        "GET,  com.atproto.server.createAccount,        400, InvalidRequest",
        "GET,  com.atproto.sync.subscribeRepos,         426, UpgradeRequired",
        "POST, com.atproto.sync.subscribeRepos,         405, InvalidRequest",
        "GET,  com.atproto.sync.getRepo,                400, InvalidRequest",
        "GET,  com.atproto.sync.getRepo?did=alice.test, 400, InvalidRequest",
        "GET,  com.atproto.sync.getRepo?did=did:plc:zzzzzzzzzzzzzzzzzzzzzzzz,         400, RepoNotFound",
        "GET,  com.atproto.sync.getRepoStatus?did=did:plc:zzzzzzzzzzzzzzzzzzzzzzzz,   400, RepoNotFound",
        "GET,  com.atproto.sync.getLatestCommit?did=did:plc:zzzzzzzzzzzzzzzzzzzzzzzz, 400, RepoNotFound",
        "GET,  com.atproto.sync.getBlob?did=did:plc:zzzzzzzzzzzzzzzzzzzzzzzz&cid=x, 400, RepoNotFound",
        "GET,  com.atproto.sync.listBlobs?did=did:plc:zzzzzzzzzzzzzzzzzzzzzzzz,     400, RepoNotFound",
        "GET,  com.atproto.sync.listRepos?limit=0,      400, InvalidRequest",
        "GET,  com.atproto.sync.listRepos?limit=1001,   400, InvalidRequest",
        "GET,  com.atproto.sync.listRepos?limit=ten,    400, InvalidRequest",
        "GET,  com.atproto.repo.describeRepo?repo=nobody.test, 400, RepoNotFound",
        "GET,  com.atproto.repo.listRecords?collection=app.bsky.feed.post&repo=nobody.test, 400, RepoNotFound",
        "GET,  com.atproto.repo.getRecord?collection=app.bsky.feed.post&rkey=a&repo=nobody.test, 400, InvalidRequest",
        "GET,  com.atproto.repo.listMissingBlobs,       401, AuthMissing",
        "GET,  com.atproto.sync.getHead?did=did:plc:zzzzzzzzzzzzzzzzzzzzzzzz,         400, RepoNotFound",
        "GET,  com.atproto.sync.getCheckout?did=did:plc:zzzzzzzzzzzzzzzzzzzzzzzz,     400, RepoNotFound",
        "GET,  com.atproto.sync.getBlocks?did=did:plc:zzzzzzzzzzzzzzzzzzzzzzzz,       400, RepoNotFound",
        "GET,  com.atproto.identity.resolveDid,         400, InvalidRequest",
        "GET,  com.atproto.identity.resolveDid?did=did:plc:zzzzzzzzzzzzzzzzzzzzzzzz,  400, DidNotFound",
        "GET,  com.atproto.identity.resolveIdentity?identifier=bsky.app,              400, HandleNotFound",
        "GET,  com.atproto.identity.resolveIdentity?identifier=_,                     400, InvalidRequest",
        "GET,  com.atproto.identity.refreshIdentity,    400, InvalidRequest",
        "POST, com.atproto.identity.refreshIdentity,    400, InvalidRequest",
        "POST, com.atproto.server.createInviteCode,     400, InvalidRequest",
        "POST, com.atproto.server.createInviteCodes,    400, InvalidRequest",
        "GET,  com.atproto.server.createInviteCode,     400, InvalidRequest",
        "GET,  com.atproto.server.getAccountInviteCodes, 400, InvalidRequest",
        "GET,  com.atproto.repo.listRecords?repo=alice.bridge.test&collection=post, 400, InvalidRequest",
        "GET,  com.atproto.identity.resolveHandle?handle=bsky.app, 400, HandleNotFound",
        "GET,  com.atproto.identity.resolveHandle?handle=x, 400, InvalidRequest",
    })
    void misuseGetsTheReferencesErrors(String method, String name, int status, String error) {
        Reply reply = call(method, "https://at.bridge.test/xrpc/" + name);
        assertThat(reply.json().path("error").asString()).isEqualTo(error);
        assertThat(reply.json().path("message").asString()).isNotBlank();
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.headers()).containsEntry("access-control-allow-origin", "*");
    }

    @Test
    void pagesOfOtherSitesMayAsk() {
        Reply preflight = call("OPTIONS", "https://at.bridge.test/xrpc/com.atproto.sync.getRepo");
        assertThat(preflight.status()).isEqualTo(204);
        assertThat(preflight.headers())
                .containsEntry("access-control-allow-origin", "*")
                .containsKey("access-control-allow-methods");
    }

    @Test
    void saysWhereARepositoryStands() {
        JsonNode status =
                get("/xrpc/com.atproto.sync.getRepoStatus?did=" + alice).json();
        assertThat(status)
                .hasToString("{\"did\":\"%s\",\"active\":true,\"rev\":\"%s\"}"
                        .formatted(alice, latest.head().rev()));
        JsonNode commit =
                get("/xrpc/com.atproto.sync.getLatestCommit?did=" + alice).json();
        assertThat(commit.path("cid").asString())
                .isEqualTo(latest.head().commit().toString());
        assertThat(commit.path("rev").asString()).isEqualTo(latest.head().rev().value());
    }

    @Test
    void aClosedAccountIsNotServedAndSaysSo() {
        pds.store.repositories().close(alice, AccountEvent.DEACTIVATED);
        JsonNode status =
                get("/xrpc/com.atproto.sync.getRepoStatus?did=" + alice).json();
        assertThat(status).hasToString("{\"did\":\"%s\",\"active\":false,\"status\":\"deactivated\"}".formatted(alice));
        notServed("RepoDeactivated");
    }

    @Test
    void aDeletedAccountIsNotThere() {
        pds.store.repositories().close(alice, AccountEvent.DELETED);
        notServed("RepoNotFound");
        assertThat(error("com.atproto.sync.getRepoStatus?did=" + alice)).isEqualTo("RepoNotFound");
    }

    private void notServed(String error) {
        for (String name : List.of(
                "com.atproto.sync.getRepo?did=" + alice,
                "com.atproto.sync.getCheckout?did=" + alice,
                "com.atproto.sync.getHead?did=" + alice,
                "com.atproto.sync.getBlocks?cids=" + latest.head().commit() + "&did=" + alice,
                "com.atproto.sync.getLatestCommit?did=" + alice,
                "com.atproto.sync.getRecord?collection=app.bsky.feed.post&rkey=a&did=" + alice,
                "com.atproto.repo.listRecords?collection=app.bsky.feed.post&repo=" + alice,
                "com.atproto.repo.describeRepo?repo=" + alice)) {
            assertThat(error(name)).as(name).isEqualTo(error);
        }
        JsonNode record = get("/xrpc/com.atproto.repo.getRecord?collection=app.bsky.feed.post&rkey=a&repo=" + alice)
                .json();
        assertThat(record.path("error").asString()).isEqualTo("InvalidRequest");
        assertThat(record.path("message").asString()).isEqualTo("Could not locate record");
    }

    private String error(String name) {
        return get("/xrpc/" + name).json().path("error").asString();
    }

    @Test
    void someBlocksAreACarFileWithoutARoot() {
        Cid commit = latest.head().commit();
        Cid data = latest.head().data();
        String path = "/xrpc/com.atproto.sync.getBlocks?did=" + alice + "&cids=" + commit + "&cids=" + data;
        CarFile car = CarReader.read(get(path).body(), CarLimits.COMMIT);
        assertThat(car.roots()).isEmpty();
        assertThat(car.blocks().cids()).containsExactly(commit, data);
        String none = "bafyreihyrpefhacm6kkp4ql6j6udakdit7g3dmkzfriqfykhjw6cad5lrm";
        JsonNode missing = get(path + "&cids=" + none).json();
        assertThat(missing.path("error").asString()).isEqualTo("InvalidRequest");
        assertThat(missing.path("message").asString()).isEqualTo("Could not find cids: " + none);
        assertThat(get("/xrpc/com.atproto.sync.getBlocks?did=" + alice).status())
                .isEqualTo(400);
        assertThat(get(path + "&cids=x").status()).isEqualTo(400);
    }

    @Test
    void theNamesOfOldStillWork() {
        assertThat(get("/xrpc/com.atproto.sync.getHead?did=" + alice).json())
                .hasToString("{\"root\":\"" + latest.head().commit() + "\"}");
        assertThat(get("/xrpc/com.atproto.sync.getCheckout?did=" + alice).body())
                .isEqualTo(get("/xrpc/com.atproto.sync.getRepo?did=" + alice).body());
    }

    @Test
    void listsRepositoriesInPages() {
        JsonNode first = get("/xrpc/com.atproto.sync.listRepos?limit=1").json();
        JsonNode second = get("/xrpc/com.atproto.sync.listRepos?limit=1&cursor="
                        + first.path("cursor").asString())
                .json();
        JsonNode third = get("/xrpc/com.atproto.sync.listRepos?limit=1&cursor="
                        + second.path("cursor").asString())
                .json();
        assertThat(first.path("repos")).hasSize(1);
        assertThat(second.path("repos")).hasSize(1).isNotEqualTo(first.path("repos"));
        assertThat(third.path("repos")).isEmpty();
        assertThat(third.has("cursor")).isFalse();
        JsonNode all = get("/xrpc/com.atproto.sync.listRepos").json();
        assertThat(all.path("repos")).hasSize(2);
        assertThat(all.path("repos").get(0).propertyNames()).containsExactly("did", "head", "rev", "active");
    }

    @Test
    void aWholeRepositoryIsACarFile() {
        Reply reply = get("/xrpc/com.atproto.sync.getRepo?did=" + alice);
        assertThat(reply.headers()).containsEntry("content-type", "application/vnd.ipld.car");
        CarFile car = CarReader.read(reply.body(), CarLimits.COMMIT);
        SignedCommit commit =
                SignedCommit.parse(car.blocks().get(car.roots().getFirst()).orElseThrow());
        assertThat(commit.isSignedBy(pds.key("alice"), pds.cryptography)).isTrue();
        var leaves = Mst.load(car.blocks(), commit.commit().data()).from("");
        int records = 0;
        for (; leaves.hasNext(); records++) {
            assertThat(car.blocks().has(leaves.next().value())).isTrue();
        }
        assertThat(records).isEqualTo(3);
        Reply since = get("/xrpc/com.atproto.sync.getRepo?did=" + alice + "&since="
                + latest.head().rev());
        assertThat(since.body().length).isLessThan(reply.body().length);
    }

    @Test
    void aRecordComesWithItsProof() {
        Reply reply = get("/xrpc/com.atproto.sync.getRecord?collection=app.bsky.feed.post&rkey=b&did=" + alice);
        CarFile car = CarReader.read(reply.body(), CarLimits.COMMIT);
        assertThat(car.roots()).containsExactly(latest.head().commit());
        Reply absent = get("/xrpc/com.atproto.sync.getRecord?collection=app.bsky.feed.post&rkey=none&did=" + alice);
        assertThat(absent.status()).isEqualTo(200);
    }

    @Test
    void aFileThatIsNotThereIsNotFound() {
        Reply reply = get("/xrpc/com.atproto.sync.getBlob?did=" + alice
                + "&cid=bafkreidsugu5gsq4lxhtabwzn3oaewu6zsxoegk5ezokor6i5l6kvx5wya");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("error").asString()).isEqualTo("InvalidRequest");
        assertThat(reply.json().path("message").asString()).isEqualTo("Blob not found");
    }

    @Test
    void recordsAreShownByHandleAndByDid() {
        for (String repo : List.of(alice.value(), "alice.bridge.test", "ALICE.bridge.test")) {
            JsonNode record = get("/xrpc/com.atproto.repo.getRecord?collection=app.bsky.feed.post&rkey=a&repo=" + repo)
                    .json();
            assertThat(record.path("uri").asString()).isEqualTo("at://" + alice + "/app.bsky.feed.post/a");
            assertThat(record.path("value").path("text").asString()).isEqualTo("one");
            String cid = record.path("cid").asString();
            assertThat(get("/xrpc/com.atproto.repo.getRecord?collection=app.bsky.feed.post&rkey=a&repo=" + repo
                                    + "&cid=" + cid)
                            .status())
                    .isEqualTo(200);
        }
        Reply missing = get("/xrpc/com.atproto.repo.getRecord?collection=app.bsky.feed.post&rkey=z&repo=" + alice);
        assertThat(missing.json().path("error").asString()).isEqualTo("RecordNotFound");
        Reply otherVersion = get("/xrpc/com.atproto.repo.getRecord?collection=app.bsky.feed.post&rkey=a&repo=" + alice
                + "&cid=" + latest.head().commit());
        assertThat(otherVersion.json().path("error").asString()).isEqualTo("RecordNotFound");
    }

    @Test
    void recordsAreListedNewestFirst() {
        String list = "/xrpc/com.atproto.repo.listRecords?collection=app.bsky.feed.post&limit=2&repo=" + alice;
        JsonNode first = get(list).json();
        assertThat(first.path("records")).hasSize(2);
        assertThat(first.path("records").get(0).path("value").path("text").asString())
                .isEqualTo("three");
        JsonNode second =
                get(list + "&cursor=" + first.path("cursor").asString()).json();
        assertThat(second.path("records")).hasSize(1);
        JsonNode reversed = get(list + "&reverse=true").json();
        assertThat(reversed.path("records").get(0).path("value").path("text").asString())
                .isEqualTo("one");
    }

    @Test
    void describesARepository() {
        JsonNode repo = get("/xrpc/com.atproto.repo.describeRepo?repo=alice.bridge.test")
                .json();
        assertThat(repo.path("did").asString()).isEqualTo(alice.value());
        assertThat(repo.path("handle").asString()).isEqualTo("alice.bridge.test");
        assertThat(repo.path("collections")).hasToString("[\"app.bsky.feed.post\"]");
        assertThat(repo.path("didDoc").path("id").asString()).isEqualTo(alice.value());
        assertThat(repo.path("handleIsCorrect").booleanValue()).isTrue();
    }

    @Test
    void theServiceHasADidOfItsOwn() {
        JsonNode document = get("/.well-known/did.json").json();
        assertThat(document.path("id").asString()).isEqualTo("did:web:at.bridge.test");
        assertThat(document.path("service").get(0).path("serviceEndpoint").asString())
                .isEqualTo("https://at.bridge.test");
        assertThat(call("GET", "https://alice.bridge.test/.well-known/did.json").status())
                .as("nobody is named after this host")
                .isEqualTo(404);
    }
}
