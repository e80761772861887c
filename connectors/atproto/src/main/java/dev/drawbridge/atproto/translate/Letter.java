package dev.drawbridge.atproto.translate;

import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.Visibility;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.Resolved;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// What a bot writes to one person. It is no record: nobody else is to read it.
///
/// @param id of what is said, so that the same words said again are another letter
public record Letter(String id, Did to, String text) {
    private static final String FIELD = "letter";

    static boolean is(Post post) {
        return post.visibility() == Visibility.DIRECT && post.author().network().equals(Network.BRIDGE);
    }

    /// The draft of a letter: `{"letter":{"id","to","text"}}`. Whom it is for is mentioned first, for networks where
    /// that is how one is reached, and left out here.
    static NativeDraft draft(Activity.Publish publish, Resolved resolved) {
        Post post = publish.post();
        Facet.Mention reader = post.text().facets().stream()
                .filter(facet -> facet instanceof Facet.Mention mention && mention.start() == 0)
                .map(Facet.Mention.class::cast)
                .findFirst()
                .orElseThrow(() -> new Uncrossable("a letter to nobody"));
        Did to = Outbound.here(reader.actor(), resolved)
                .flatMap(id -> Did.tryParse(id.value()))
                .orElseThrow(() -> new Uncrossable("whom it is for is not on this network"));
        var letter = JsonNodeFactory.instance
                .objectNode()
                .put("id", post.id().value())
                .put("to", to.value())
                .put("text", post.text().text().substring(reader.end()).strip());
        var document = JsonNodeFactory.instance.objectNode();
        document.set(FIELD, letter);
        return new NativeDraft(
                Outbound.here(post.author(), resolved),
                Optional.empty(),
                List.of(RepoDocuments.JSON.writeValueAsString(document)));
    }

    /// The letter that a draft is; empty if it is something else.
    public static Optional<Letter> of(NativeDraft draft) {
        if (draft.documents().size() != 1 || !draft.documents().getFirst().startsWith("{\"" + FIELD)) {
            return Optional.empty();
        }
        JsonNode letter =
                RepoDocuments.JSON.readTree(draft.documents().getFirst()).path(FIELD);
        return Optional.of(new Letter(
                letter.path("id").asString(),
                new Did(letter.path("to").asString()),
                letter.path("text").asString()));
    }
}
