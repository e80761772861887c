package dev.drawbridge.atproto.record.repo;

import dev.drawbridge.atproto.record.block.BlockMap;
import dev.drawbridge.atproto.record.block.BlockSource;
import dev.drawbridge.atproto.record.block.CarWriter;
import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.mst.MissingBlock;
import dev.drawbridge.atproto.record.mst.Mst;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import java.io.OutputStream;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Repositories, and single records with their proof, as CAR files.
///
/// Spec: [CAR in atproto](https://atproto.com/specs/repository#car-file-serialization), lexicons
/// `com.atproto.sync.getRepo` and `com.atproto.sync.getRecord`
public final class RepoExport {
    private RepoExport() {}

    /// Writes a whole repository in streamable order: the commit, then each tree node before what is below it, with the
    /// records between in key order. Memory does not grow with the repository.
    ///
    /// @param out buffered; not closed
    /// @throws MissingBlock if the store has lost a block
    /// @throws java.io.UncheckedIOException if the stream fails
    public static void repository(RepoHead head, BlockSource blocks, OutputStream out) {
        batched(head, cids -> all(blocks, cids), out);
    }

    /// Blocks of a repository, many at once.
    @FunctionalInterface
    public interface Blocks {
        /// Those of `cids` that are to be written. A tree node that is not is left out with everything below it.
        ///
        /// @throws MissingBlock if the store has lost one
        Map<Cid, byte[]> fetch(Collection<Cid> cids);
    }

    /// As [#repository(RepoHead, BlockSource, OutputStream)], but fetches many blocks at once and leaves some out.
    ///
    /// @param blocks must have the commit
    public static void batched(RepoHead head, Blocks blocks, OutputStream out) {
        CarWriter writer = new CarWriter(out, head.commit());
        byte[] commit = blocks.fetch(List.of(head.commit())).get(head.commit());
        if (commit == null) {
            throw new MissingBlock(head.commit());
        }
        writer.write(head.commit(), commit);
        new RepoWalk(blocks, writer::write).from(head.data());
    }

    private static Map<Cid, byte[]> all(BlockSource blocks, Collection<Cid> cids) {
        Map<Cid, byte[]> found = new HashMap<>();
        cids.forEach(cid -> found.put(cid, block(blocks, cid)));
        return found;
    }

    /// Writes the commit, the path through the tree, and the record if there is one: proof that it is there, or that it
    /// is not.
    ///
    /// @throws MissingBlock if the store has lost a block
    public static byte[] record(RepoHead head, BlockSource blocks, RepoPath path) {
        Mst tree = Mst.load(blocks, head.data());
        BlockMap parts =
                new BlockMap().put(head.commit(), block(blocks, head.commit())).putAll(tree.proof(path.key()));
        tree.get(path.key()).ifPresent(cid -> parts.put(cid, block(blocks, cid)));
        return CarWriter.toBytes(head.commit(), parts);
    }

    private static byte[] block(BlockSource blocks, Cid cid) {
        return blocks.get(cid).orElseThrow(() -> new MissingBlock(cid));
    }
}
