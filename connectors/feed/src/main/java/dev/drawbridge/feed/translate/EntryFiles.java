package dev.drawbridge.feed.translate;

import dev.drawbridge.feed.object.Addresses;
import dev.drawbridge.feed.object.Enclosure;
import dev.drawbridge.feed.object.Entry;
import dev.drawbridge.model.Cut;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.Media;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/// The files of an entry: what it says belongs to it, or else the pictures in its text.
final class EntryFiles {
    private static final int MOST_PICTURES = 4;
    /// Smaller ones count readers, or are arrows.
    private static final int SMALLEST = 32;

    private EntryFiles() {}

    /// @param losses takes what is left out
    static List<Media> of(Entry entry, List<Loss> losses) {
        Map<String, Media> files = new LinkedHashMap<>();
        Cut.list(
                        entry.files(),
                        Entry.MOST_FILES,
                        _ -> new Loss("media", "files beyond the first " + Entry.MOST_FILES),
                        losses)
                .forEach(file -> files.put(file.url().toString(), media(file)));
        boolean hasPictures = files.values().stream().anyMatch(f -> f.kind() == Media.Kind.IMAGE);
        if (!hasPictures) {
            List<Media> inText = Jsoup.parseBodyFragment(entry.html()).select("img[src]").stream()
                    .filter(EntryFiles::isShown)
                    .flatMap(image -> Addresses.http(image.attr("src")).stream()
                            .map(url -> Media.of(url, Media.Kind.IMAGE)
                                    .withAlt(image.attr("alt").strip())))
                    .filter(picture -> !files.containsKey(picture.url().toString()))
                    .distinct()
                    .toList();
            Cut.list(inText, MOST_PICTURES, left -> new Loss("media", "pictures in the text: " + left), losses)
                    .forEach(picture -> files.putIfAbsent(picture.url().toString(), picture));
        }
        return List.copyOf(files.values());
    }

    private static boolean isShown(Element image) {
        return !isTiny(image.attr("width")) && !isTiny(image.attr("height"));
    }

    private static boolean isTiny(String pixels) {
        return pixels.matches("\\d{1,2}") && Integer.parseInt(pixels) < SMALLEST;
    }

    private static Media media(Enclosure file) {
        Media media = Media.of(file.url(), EntryPost.kind(file)).withAlt(file.title());
        Optional<String> type = file.type().filter(t -> t.matches("[a-z]+/[a-z0-9.+-]+"));
        if (type.isPresent()) {
            media = media.withMediaType(type.get());
        }
        if (file.width() > 0 && file.height() > 0) {
            media = media.withDimensions(new Media.Dimensions(file.width(), file.height()));
        }
        return file.duration().isPresent() ? media.withDuration(file.duration().get()) : media;
    }
}
