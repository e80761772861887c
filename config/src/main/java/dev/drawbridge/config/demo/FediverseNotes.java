package dev.drawbridge.config.demo;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a Fediverse server shows of a note beside its text.
final class FediverseNotes {
    private FediverseNotes() {}

    static Shown shown(As2 note) {
        Optional<String> warning = note.flag("sensitive").orElse(false)
                ? note.text("summary").or(() -> Optional.of(""))
                : Optional.empty();
        List<Shown.Picture> pictures = note.objects("attachment").stream()
                .filter(file -> file.text("mediaType")
                        .filter(t -> t.startsWith("image/"))
                        .isPresent())
                .flatMap(file ->
                        address(file)
                                .map(url ->
                                        new Shown.Picture(url, file.text("name").orElse("")))
                                .stream())
                .toList();
        Optional<NativeId> quoted = Stream.of("quote", "quoteUrl", "_misskey_quote")
                .flatMap(field -> note.ref(field).stream())
                .findFirst()
                .map(id -> new NativeId(Network.ACTIVITYPUB, id));
        List<String> choices = Stream.of("oneOf", "anyOf")
                .flatMap(field -> note.objects(field).stream())
                .flatMap(option -> option.text("name").stream())
                .toList();
        return new Shown(warning, pictures, quoted, choices);
    }

    private static Optional<URI> address(As2 file) {
        try {
            return file.ref("url").map(URI::create);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
