package dev.drawbridge.activitypub.translate;

import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.InteractionPolicy;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.Resolved;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Votes, pins, and answers to who asks for permission.
final class InteractionWriter {
    private final Speaker speaker;
    private final Envelope envelope;

    InteractionWriter(Speaker speaker) {
        this.speaker = speaker;
        this.envelope = new Envelope(speaker);
    }

    /// One Create per choice, with the option's text as name, to the author of the question and nobody else.
    Translation<NativeDraft> vote(Activity.Vote vote) {
        var poll = speaker.object(vote.poll());
        List<String> options = speaker.resolved()
                .object(vote.poll())
                .map(Resolved.Post::options)
                .orElse(List.of());
        if (poll.isEmpty()) {
            return Translation.skipped("the poll is not on ActivityPub");
        }
        if (vote.choices().isEmpty() || vote.choices().stream().anyMatch(c -> c < 0 || c >= options.size())) {
            return Translation.skipped("the poll has no such option, or is not known here");
        }
        var documents = new ArrayList<ObjectNode>();
        for (int choice : vote.choices()) {
            String id = speaker.ids().vote(vote.id()) + "-" + choice;
            ObjectNode create = envelope.frame("Create", CopyIds.create(id), vote);
            var to = create.putArray("to");
            envelope.authorOf(vote.poll()).ifPresent(to::add);
            ObjectNode note = create.putObject("object");
            note.put("id", id)
                    .put("type", "Note")
                    .put("attributedTo", speaker.author(vote.author()))
                    .put("inReplyTo", poll.get())
                    .put("name", options.get(choice))
                    .put("published", vote.at().toString())
                    .set("to", to.deepCopy());
            documents.add(create);
        }
        return envelope.draft(vote, Optional.of(speaker.ids().vote(vote.id())), documents, List.of());
    }

    Translation<NativeDraft> pin(Activity.Pin pin) {
        var post = speaker.object(pin.target());
        if (post.isEmpty()) {
            return Translation.skipped("what is pinned is not on ActivityPub");
        }
        String type = pin.pinned() ? "Add" : "Remove";
        String actor = speaker.author(pin.author());
        String id = CopyIds.fragment(actor, pin.pinned() ? "add" : "remove", pin.id());
        ObjectNode document = envelope.frame(type, id, pin);
        envelope.toEverybody(document, pin.author(), List.of());
        // When: told again later than its opposite, it must not win.
        document.put("published", pin.at().toString());
        document.put("object", post.get()).put("target", actor + "/featured");
        return envelope.draft(pin, Optional.empty(), document, List.of());
    }

    /// Asks the author of a post here whether one of our actors may quote it.
    Translation<NativeDraft> request(Activity.InteractionRequest request) {
        var target = speaker.object(request.target().id());
        var author = envelope.authorOf(request.target().id());
        if (target.isEmpty() || author.isEmpty() || request.instrument().isEmpty()) {
            return Translation.skipped("what is asked about, or its author, is not known on ActivityPub");
        }
        String actor = speaker.author(request.author());
        ObjectNode document =
                envelope.frame(word(request.kind()) + "Request", CopyIds.fragment(actor, "ask", request.id()), request);
        document.putArray("to").add(author.get());
        document.put("object", target.get())
                .put("instrument", speaker.ids().note(request.instrument().get()));
        return envelope.draft(request, Optional.empty(), document, List.of());
    }

    /// `Accept` with a stamp that anybody may ask for, or `Reject`
    /// ([FEP-044f](https://codeberg.org/fediverse/fep/src/branch/main/fep/044f/fep-044f.md); GoToSocial for likes,
    /// answers and announces). The stamp is a copy of the answer: deleting the answer revokes it.
    Translation<NativeDraft> answer(Activity.InteractionAnswer answer) {
        if (answer.author().network().equals(Network.ACTIVITYPUB)) {
            return answer.kind() == InteractionPolicy.Kind.QUOTE
                    ? QuoteAmendment.write(answer, speaker)
                    : ApprovalAmendment.write(answer, speaker);
        }
        var requester = speaker.person(answer.requester());
        var target = speaker.object(answer.target().id());
        if (requester.isEmpty() || target.isEmpty()) {
            return Translation.skipped("who asked or what was asked about is not on ActivityPub");
        }
        String author = speaker.author(answer.author());
        String type = answer.accepted() ? "Accept" : "Reject";
        ObjectNode document = envelope.frame(
                type, CopyIds.fragment(author, answer.accepted() ? "allow" : "refuse", answer.id()), answer);
        document.putArray("to").add(requester.get());
        ObjectNode request = document.putObject("object");
        request.put("id", answer.request().value())
                .put("type", word(answer.kind()) + "Request")
                .put("actor", requester.get())
                .put("object", target.get());
        answer.instrument().ifPresent(i -> request.put("instrument", i.value()));
        if (!answer.accepted() || answer.instrument().isEmpty()) {
            return envelope.draft(answer, Optional.empty(), document, List.of());
        }
        String stamp = speaker.ids().stamp(answer.id());
        document.set(
                "result",
                Documents.object()
                        .put("id", stamp)
                        .put("type", word(answer.kind()) + "Authorization")
                        .put("attributedTo", author)
                        .put("interactingObject", answer.instrument().get().value())
                        .put("interactionTarget", target.get()));
        return envelope.draft(answer, Optional.of(stamp), document, List.of());
    }

    private static String word(InteractionPolicy.Kind kind) {
        return switch (kind) {
            case QUOTE -> "Quote";
            case LIKE -> "Like";
            case REPLY -> "Reply";
            case REPOST -> "Announce";
        };
    }
}
