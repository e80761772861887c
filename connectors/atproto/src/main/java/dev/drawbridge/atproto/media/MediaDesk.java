package dev.drawbridge.atproto.media;

import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.store.blob.BlobStore;
import dev.drawbridge.atproto.store.blob.StoredBlob;
import dev.drawbridge.model.Media;
import dev.drawbridge.model.port.OutboundHttp;
import dev.drawbridge.model.port.OutboundHttp.Failure;
import dev.drawbridge.model.spi.FileOutcome;
import dev.drawbridge.model.spi.HostedFile;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/// Fetches the files of people elsewhere, and keeps them for their ghosts: records cannot refer to files of others.
/// What was fetched a day ago or less is not fetched again, so that a second try writes the same record as the first.
public final class MediaDesk {
    private static final Duration FRESH = Duration.ofHours(24);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MAX_PICTURE = 20_000_000;
    private static final int MAX_REDIRECTS = 3;

    /// A file is in memory while it is fetched; a picture takes much more of it while it is drawn.
    private static final int FETCHED_AT_ONCE = 4;

    private static final int DRAWN_AT_ONCE = 2;

    private static final Map<String, String> ACCEPT =
            Map.of("accept", "image/jpeg,image/png,image/gif,video/mp4,*/*;q=0.1");

    private final OutboundHttp http;
    private final BlobStore blobs;
    private final InstantSource clock;
    private final Semaphore fetching = new Semaphore(FETCHED_AT_ONCE);
    private final Semaphore drawing = new Semaphore(DRAWN_AT_ONCE);

    public MediaDesk(OutboundHttp http, BlobStore blobs, InstantSource clock) {
        this.http = http;
        this.blobs = blobs;
        this.clock = clock;
    }

    /// Keeps a file for an account. Idempotent.
    public FileOutcome host(Media file, Did ghost) {
        if (file.kind() == Media.Kind.AUDIO || file.kind() == Media.Kind.FILE) {
            return new FileOutcome.Refused("the network shows pictures and videos only");
        }
        Instant now = clock.instant();
        String source = file.url().toString();
        Optional<StoredBlob> known = blobs.from(ghost, source, now.minus(FRESH), now);
        if (known.isPresent()) {
            return ready(known.get());
        }
        fetching.acquireUninterruptibly();
        try {
            return fetch(file, ghost, now);
        } catch (UnusableFile e) {
            return new FileOutcome.Refused(e.reason());
        } catch (OutboundHttp.OutboundException e) {
            return failed(e);
        } finally {
            fetching.release();
        }
    }

    private FileOutcome fetch(Media file, Did ghost, Instant now) {
        int most = file.kind() == Media.Kind.VIDEO ? Videos.MAX_BYTES : MAX_PICTURE;
        OutboundHttp.Answer answer = http.send(
                new OutboundHttp.Request("GET", file.url(), ACCEPT, new byte[0], most, PATIENCE, MAX_REDIRECTS));
        if (answer.status() == 429 || answer.status() >= 500) {
            return new FileOutcome.Retry(Optional.empty(), "its server answers " + answer.status());
        }
        if (answer.status() != 200) {
            return new FileOutcome.Refused("its server answers " + answer.status());
        }
        byte[] bytes = answer.body();
        ShownFile shown = Videos.isVideo(bytes) ? Videos.pass(bytes) : drawn(bytes);
        StoredBlob blob = blobs.put(ghost, shown.mediaType(), shown.bytes(), shown.dimensions(), shown.note(), now);
        blobs.cameFrom(ghost, file.url().toString(), blob.cid(), now);
        return ready(blob);
    }

    private ShownFile drawn(byte[] bytes) {
        drawing.acquireUninterruptibly();
        try {
            return Pictures.redraw(bytes);
        } finally {
            drawing.release();
        }
    }

    private static FileOutcome failed(OutboundHttp.OutboundException e) {
        return switch (e.failure()) {
            case FORBIDDEN_ADDRESS, TOO_LARGE -> new FileOutcome.Refused(reason(e.failure()));
            case UNKNOWN_HOST, UNREACHABLE, TIMEOUT, TLS ->
                new FileOutcome.Retry(Optional.empty(), reason(e.failure()));
        };
    }

    private static String reason(Failure failure) {
        return switch (failure) {
            case FORBIDDEN_ADDRESS -> "its address is none of the public web";
            case TOO_LARGE -> "too large";
            case UNKNOWN_HOST -> "its host is unknown";
            case UNREACHABLE -> "its host cannot be reached";
            case TIMEOUT -> "its host does not answer in time";
            case TLS -> "its host has no valid certificate";
        };
    }

    private static FileOutcome ready(StoredBlob blob) {
        return new FileOutcome.Ready(
                new HostedFile(blob.cid().toString(), blob.mediaType(), blob.size(), blob.dimensions()), blob.note());
    }
}
