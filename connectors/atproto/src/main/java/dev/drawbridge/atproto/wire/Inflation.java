package dev.drawbridge.atproto.wire;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDictDecompress;
import com.github.luben.zstd.ZstdException;
import dev.drawbridge.atproto.record.MalformedData;
import java.util.Arrays;

/// Unpacks messages that were packed with a dictionary both sides have, each by itself.
///
/// Spec: [Zstandard, RFC 8878](https://www.rfc-editor.org/rfc/rfc8878)
final class Inflation {
    private final ZstdDictDecompress dictionary;
    private final byte[] room;

    /// @param longest how long a message may become
    Inflation(byte[] dictionary, int longest) {
        this.dictionary = new ZstdDictDecompress(dictionary);
        this.room = new byte[longest];
    }

    /// The number of a dictionary, as it says itself
    /// ([RFC 8878 §5](https://www.rfc-editor.org/rfc/rfc8878#section-5)).
    static long number(byte[] dictionary) {
        return Zstd.getDictIdFromDict(dictionary);
    }

    /// Not safe from several threads.
    ///
    /// @throws MalformedData if it is not packed with this dictionary, or would become too long
    byte[] unpack(byte[] packed) {
        try {
            long length = Zstd.decompressFastDict(room, 0, packed, 0, packed.length, dictionary);
            return Arrays.copyOf(room, (int) length);
        } catch (ZstdException e) {
            throw new MalformedData("cannot be unpacked", e);
        }
    }
}
