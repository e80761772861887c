package dev.drawbridge.activitypub.translate;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Cut;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.NativeEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A `Flag`: account and posts in `object`, or, from Misskey, the account there and the posts as addresses in
/// `content`.
final class ReportReader {
    private static final int LONGEST_REASON = 5_000;
    private static final Loss LONG = new Loss("reason", "cut to " + LONGEST_REASON + " characters");
    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s<>\"]{1,2048}");

    private ReportReader() {}

    static Translation<List<Activity>> read(Incoming in, NativeEvent event, Instant at, CopyIds ids) {
        String reason =
                in.document().naturalText("content").map(HtmlReader::plain).orElse("");
        List<String> ours = Stream.concat(
                        in.document().refs("object").stream(),
                        ADDRESS.matcher(reason).results().map(m -> m.group()))
                .filter(ids::ours)
                .distinct()
                .toList();
        var account = ours.stream().filter(ids::isActor).findFirst();
        var about = ours.stream().filter(o -> !ids.isActor(o)).findFirst();
        var target = account.or(() -> about);
        if (target.isEmpty()) {
            return Translation.skipped("a report about nobody here");
        }
        List<Loss> losses = new ArrayList<>();
        String words = Cut.text(reason, LONGEST_REASON, LONG, losses);
        return Translation.of(
                List.of(new Activity.Report(
                        event.id(), event.author(), at, CopyIds.id(target.get()), about.map(CopyIds::id), words)),
                losses);
    }
}
