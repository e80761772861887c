package dev.drawbridge.engine;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.LinkCard;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.Media;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.spi.FileOutcome;
import dev.drawbridge.model.spi.HostedFile;
import dev.drawbridge.model.spi.NetworkConnector;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The files of one activity, as far as the network it goes to keeps them.
///
/// @param hosted what it keeps, by the address at the source
/// @param losses why something is not kept, or not whole
/// @param notYet the first source that did not answer
record Attachments(Map<URI, HostedFile> hosted, List<Loss> losses, Optional<FileOutcome.Retry> notYet) {
    /// Asks the network to keep every file of the activity. Idempotent.
    ///
    /// @param ghost who shows them there
    static Attachments of(Activity activity, NetworkConnector connector, NativeId ghost) {
        Map<URI, HostedFile> hosted = new HashMap<>();
        List<Loss> losses = new ArrayList<>();
        Optional<FileOutcome.Retry> notYet = Optional.empty();
        for (Media file : files(activity)) {
            switch (connector.host(file, ghost)) {
                case FileOutcome.Ready(HostedFile kept, Optional<String> note) -> {
                    hosted.put(file.url(), kept);
                    note.ifPresent(words -> losses.add(loss(file, words)));
                }
                case FileOutcome.Linked _ -> {}
                case FileOutcome.Refused(String reason) -> losses.add(loss(file, reason));
                case FileOutcome.Retry retry -> {
                    losses.add(loss(file, retry.reason()));
                    notYet = notYet.or(() -> Optional.of(retry));
                }
            }
        }
        return new Attachments(hosted, losses, notYet);
    }

    /// These losses and those of a translation.
    List<Loss> and(List<Loss> others) {
        return Stream.concat(losses.stream(), others.stream()).toList();
    }

    private static Loss loss(Media file, String reason) {
        return new Loss("media", file.url() + ": " + reason);
    }

    /// Each file once.
    private static List<Media> files(Activity activity) {
        Map<URI, Media> files = new LinkedHashMap<>();
        switch (activity) {
            case Activity.Publish publish -> ofPost(publish.post(), files);
            case Activity.Edit edit -> ofPost(edit.post(), files);
            case Activity.Tally tally -> ofPost(tally.post(), files);
            case Activity.ProfileUpdate update -> ofProfile(update.profile(), files);
            default -> {}
        }
        return List.copyOf(files.values());
    }

    private static void ofPost(Post post, Map<URI, Media> files) {
        post.media().forEach(file -> files.putIfAbsent(file.url(), file));
        post.card().flatMap(LinkCard::picture).ifPresent(picture -> picture(picture, files));
    }

    private static void ofProfile(Profile profile, Map<URI, Media> files) {
        profile.avatar().ifPresent(picture -> picture(picture, files));
        profile.header().ifPresent(picture -> picture(picture, files));
    }

    private static void picture(URI url, Map<URI, Media> files) {
        files.putIfAbsent(url, Media.of(url, Media.Kind.IMAGE));
    }
}
