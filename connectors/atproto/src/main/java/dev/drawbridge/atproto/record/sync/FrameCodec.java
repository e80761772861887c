package dev.drawbridge.atproto.record.sync;

import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.cbor.CborLimits;
import dev.drawbridge.atproto.record.cbor.CborReader;
import dev.drawbridge.atproto.record.cbor.DagCbor;
import dev.drawbridge.atproto.record.cbor.Data;
import dev.drawbridge.atproto.record.cbor.DataMap;
import java.io.ByteArrayOutputStream;

/// Frames to bytes and back. An event is encoded once, whatever the number of its receivers.
///
/// Spec: [Framing](https://atproto.com/specs/event-stream#framing)
public final class FrameCodec {
    private static final long MESSAGE = 1;
    private static final long ERROR = -1;

    private FrameCodec() {}

    public static byte[] encode(SyncEvent event) {
        return switch (event) {
            case CommitEvent commit -> frame("#commit", EventBody.of(commit));
            case RepoSyncEvent sync -> frame("#sync", EventBody.of(sync));
            case IdentityEvent identity -> frame("#identity", EventBody.of(identity));
            case AccountEvent account -> frame("#account", EventBody.of(account));
        };
    }

    public static byte[] encode(Frame.Info info) {
        return frame("#info", EventBody.of("name", info.name(), info.message()));
    }

    public static byte[] encode(Frame.Failure failure) {
        DataMap header = DataMap.builder().put("op", ERROR).build();
        return join(header, EventBody.of("error", failure.error(), failure.message()));
    }

    /// Reads a frame. Extra fields are allowed, as lexicons are open; missing and wrong ones are not.
    ///
    /// @throws MalformedData if it is not two canonical CBOR objects of the shape that the header names
    public static Frame decode(byte[] bytes) {
        CborReader reader = new CborReader(bytes, CborLimits.FRAME);
        DataMap header = map(reader);
        DataMap body = map(reader);
        reader.end();
        long op = header.integer("op").orElseThrow(() -> new MalformedData("frame: no op"));
        if (op == ERROR) {
            return new Frame.Failure(EventBody.required(body, "error"), body.text("message"));
        }
        if (op != MESSAGE) {
            throw new MalformedData("frame: op " + op);
        }
        String type = EventBody.required(header, "t");
        return switch (type) {
            case "#commit" -> new Frame.Event(EventBody.commit(body));
            case "#sync" -> new Frame.Event(EventBody.sync(body));
            case "#identity" -> new Frame.Event(EventBody.identity(body));
            case "#account" -> new Frame.Event(EventBody.account(body));
            case "#info" -> new Frame.Info(EventBody.required(body, "name"), body.text("message"));
            default -> new Frame.Unknown(type);
        };
    }

    private static DataMap map(CborReader reader) {
        if (DagCbor.read(reader, CborLimits.FRAME) instanceof DataMap map) {
            return map;
        }
        throw new MalformedData("frame is not made of objects");
    }

    private static byte[] frame(String type, DataMap body) {
        return join(DataMap.builder().put("op", MESSAGE).put("t", type).build(), body);
    }

    private static byte[] join(Data header, Data body) {
        byte[] payload = DagCbor.encode(body);
        ByteArrayOutputStream out = new ByteArrayOutputStream(payload.length + 32);
        out.writeBytes(DagCbor.encode(header));
        out.writeBytes(payload);
        return out.toByteArray();
    }
}
