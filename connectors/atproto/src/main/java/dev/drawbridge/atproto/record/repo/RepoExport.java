package dev.drawbridge.atproto.record.repo;

import dev.drawbridge.atproto.record.block.BlockMap;
import dev.drawbridge.atproto.record.block.BlockSource;
import dev.drawbridge.atproto.record.block.CarWriter;
import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.mst.MissingBlock;
import dev.drawbridge.atproto.record.mst.Mst;
import dev.drawbridge.atproto.record.mst.MstEntry;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import java.io.OutputStream;

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
        CarWriter writer = new CarWriter(out, head.commit());
        writer.write(head.commit(), block(blocks, head.commit()));
        Mst.load(blocks, head.data()).walk(new Mst.Visitor() {
            @Override
            public void node(Cid cid, byte[] bytes) {
                writer.write(cid, bytes);
            }

            @Override
            public void leaf(MstEntry entry) {
                writer.write(entry.value(), block(blocks, entry.value()));
            }
        });
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
