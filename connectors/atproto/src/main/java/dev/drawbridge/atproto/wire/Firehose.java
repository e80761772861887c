package dev.drawbridge.atproto.wire;

import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.sync.CommitEvent;
import dev.drawbridge.atproto.record.sync.Frame;
import dev.drawbridge.atproto.record.sync.FrameCodec;
import dev.drawbridge.atproto.record.sync.SyncEvent;
import java.net.URI;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `com.atproto.sync.subscribeRepos` of a relay or a PDS.
///
/// Spec: [Event stream](https://atproto.com/specs/event-stream), [Sync](https://atproto.com/specs/sync)
public final class Firehose implements StreamForm {
    private static final Logger LOG = LoggerFactory.getLogger(Firehose.class);
    private static final int MAX_FRAME = 5_000_000;
    private static final long SMALL = 512;

    private final URI service;
    private final NewsDesk desk;

    /// @param service `wss://host` of a relay or PDS
    public Firehose(URI service, NewsDesk desk) {
        this.service = service;
        this.desk = desk;
    }

    @Override
    public String name() {
        return "atproto:" + service;
    }

    @Override
    public int longest() {
        return MAX_FRAME;
    }

    @Override
    public URI address(Optional<Long> cursor) {
        String root = service.toString().replaceFirst("/+$", "");
        return URI.create(root + "/xrpc/com.atproto.sync.subscribeRepos"
                + cursor.map(seq -> "?cursor=" + seq).orElse(""));
    }

    /// What came is numbered, and comes in that order.
    @Override
    public boolean isNew(long position, Optional<Long> heard) {
        return heard.isEmpty() || position > heard.get();
    }

    @Override
    public Heard read(StreamConnection.Message message) {
        if (message.text()) {
            return new Heard.Nothing();
        }
        Frame frame;
        try {
            frame = FrameCodec.decode(message.bytes());
        } catch (MalformedData e) {
            LOG.info("malformed frame from {}: {}", service, e.getMessage());
            return new Heard.Nothing();
        }
        return switch (frame) {
            case Frame.Event(SyncEvent event) -> heard(event);
            case Frame.Info(String name, var text) -> {
                LOG.warn("{} says {}: {}", service, name, text.orElse(""));
                yield new Heard.Nothing();
            }
            case Frame.Failure(String error, var text) -> {
                LOG.warn("{} refuses: {}: {}", service, error, text.orElse(""));
                yield error.equals(Frame.Failure.FUTURE_CURSOR) ? new Heard.Forgotten() : new Heard.Nothing();
            }
            case Frame.Unknown(String type) -> {
                LOG.debug("unknown event {} from {}", type, service);
                yield new Heard.Nothing();
            }
        };
    }

    private Heard heard(SyncEvent event) {
        if (!desk.concerns(event)) {
            return new Heard.Passed(event.seq());
        }
        long bytes = SMALL + (event instanceof CommitEvent commit ? commit.blocks().length : 0);
        return new Heard.News(
                event.seq(),
                event.did(),
                bytes,
                desk.isStranger(event.did()),
                (sink, pauses) -> desk.handle(event, sink, pauses));
    }
}
