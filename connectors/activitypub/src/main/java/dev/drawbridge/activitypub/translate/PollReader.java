package dev.drawbridge.activitypub.translate;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.model.Poll;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The poll of a `Question`: `oneOf` or `anyOf` with a Note per option, votes counted in `replies.totalItems`.
final class PollReader {
    private static final int MAX_OPTIONS = 500;

    private PollReader() {}

    static Optional<Poll> read(As2 question) {
        boolean multiple = question.has("anyOf");
        List<Poll.Option> options = question.objects(multiple ? "anyOf" : "oneOf").stream()
                .flatMap(o ->
                        o.naturalText("name").map(name -> new Poll.Option(HtmlReader.plain(name), votes(o))).stream())
                .filter(o -> !o.text().isBlank())
                .limit(MAX_OPTIONS)
                .toList();
        if (!question.isA("Question") || options.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Poll(
                options,
                multiple,
                question.instant("endTime"),
                question.instant("closed"),
                count(question.node().path("votersCount"))));
    }

    private static long votes(As2 option) {
        return option.object("replies")
                .flatMap(r -> count(r.node().path("totalItems")))
                .orElse(0L);
    }

    private static Optional<Long> count(JsonNode value) {
        return value.isIntegralNumber() && value.canConvertToLong()
                ? Optional.of(value.longValue()).filter(votes -> votes >= 0)
                : Optional.empty();
    }
}
