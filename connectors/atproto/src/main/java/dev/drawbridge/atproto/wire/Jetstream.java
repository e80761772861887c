package dev.drawbridge.atproto.wire;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.syntax.Did;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The stream of a Jetstream server: records as JSON, without signatures, so little more than a hint.
/// Positions are times in microseconds.
///
/// Only collections are asked for, no people: a filter by people would be one by authors, and what strangers do to our
/// ghosts would not come.
///
/// Spec: [Jetstream](https://github.com/bluesky-social/jetstream), "Consuming Jetstream"
public final class Jetstream implements StreamForm {
    private static final Logger LOG = LoggerFactory.getLogger(Jetstream.class);

    /// A record has up to a megabyte; in JSON it is longer.
    private static final int MAX_MESSAGE = 4_000_000;

    /// Servers stamp what they get, and may get it in another order: some seconds are read again.
    private static final Duration REWIND = Duration.ofSeconds(5);

    private static final Duration FUTURE = Duration.ofMinutes(5);
    private static final Duration GAP = Duration.ofMinutes(10);
    private static final int BAD_REQUEST = 400;
    private static final int REMEMBERED = 20_000;

    private final URI service;
    private final JetstreamVersion version;
    private final JetstreamDesk desk;
    private final Optional<Long> dictionary;
    private final Optional<Inflation> inflation;
    private final InstantSource clock;
    private final Cache<Seen, Boolean> seen =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();
    private Optional<Long> asked = Optional.empty();
    private volatile boolean unpacked;

    /// What was handed on already.
    private record Seen(long position, Did person, int hash) {}

    /// @param service `wss://host` of a Jetstream server
    /// @param dictionary the dictionary its messages are packed with; empty to have them unpacked
    public Jetstream(
            URI service,
            JetstreamVersion version,
            JetstreamDesk desk,
            Optional<byte[]> dictionary,
            InstantSource clock) {
        this.service = service;
        this.version = version;
        this.dictionary = dictionary.map(Inflation::number);
        this.desk = desk;
        this.inflation = dictionary.map(bytes -> new Inflation(bytes, MAX_MESSAGE));
        this.clock = clock;
    }

    @Override
    public String name() {
        return "atproto:jetstream:" + service;
    }

    @Override
    public int longest() {
        return MAX_MESSAGE;
    }

    @Override
    public URI address(Optional<Long> cursor) {
        asked = cursor.map(position -> Math.max(1, position - micros(REWIND)));
        URI plain = URI.create(service.toString().replaceFirst("/+$", ""));
        return version.address(plain, new JetstreamVersion.Asked(MAX_MESSAGE, wanted(), asked));
    }

    private Optional<Long> wanted() {
        return unpacked ? Optional.empty() : dictionary;
    }

    /// Dictionaries are replaced now and then, and a server takes no number it does not know.
    @Override
    public void refused(int status) {
        if (status == BAD_REQUEST && wanted().isPresent()) {
            LOG.warn("{} does not take the dictionary; it is read without", service);
            unpacked = true;
        }
    }

    @Override
    public Optional<String> trouble() {
        return unpacked
                ? Optional.of(service + " does not take the dictionary of jetstream-dictionary, and sends twice as much"
                        + " without: put the newest file in its place, or leave it out, and start again")
                : Optional.empty();
    }

    @Override
    public Heard read(StreamConnection.Message message) {
        byte[] json;
        Optional<JetstreamEvent.Head> found;
        try {
            json = message.text() ? message.bytes() : unpacked(message.bytes());
            found = version.head(json);
        } catch (MalformedData e) {
            LOG.info("malformed message from {}: {}", service, e.getMessage());
            return new Heard.Nothing();
        }
        return found.map(head -> heard(head, json)).orElseGet(Heard.Nothing::new);
    }

    private Heard heard(JetstreamEvent.Head head, byte[] json) {
        if (head.position() > micros(clock.instant().plus(FUTURE))) {
            LOG.info("{} sends something from the future", service);
            return new Heard.Nothing();
        }
        tellGap(head.position());
        var news = new Seen(head.position(), head.did(), Arrays.hashCode(json));
        if (seen.asMap().containsKey(news) || !desk.concerns(head, json)) {
            return new Heard.Passed(head.position());
        }
        return new Heard.News(head.position(), head.did(), json.length, desk.isStranger(head.did()), (sink, pauses) -> {
            boolean handed = desk.handle(head, () -> version.event(head, json), sink, pauses);
            // Only now: what was dropped undone has to be done when it comes again.
            seen.put(news, true);
            return handed;
        });
    }

    private byte[] unpacked(byte[] packed) {
        return inflation
                .map(with -> with.unpack(packed))
                .orElseThrow(() -> new MalformedData("it is packed, and that was not asked for"));
    }

    /// A server that has forgotten what is asked for begins later, and does not say so.
    private void tellGap(long position) {
        asked.filter(from -> from > 1 && position - from > micros(GAP))
                .ifPresent(from -> LOG.warn(
                        "{} begins at {}, and was asked from {} on: what was said between is not known",
                        service,
                        at(position),
                        at(from)));
        asked = Optional.empty();
    }

    private static Instant at(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1_000;
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
