using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Binary;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Stark.Commitments;

namespace ProvingLayer.Stark.Formats;

/// <summary>
/// The file of a proof: hiding flag, presence and log N of each circuit, messages, openings. Field elements take 31 bits. One proof has one encoding. How long the parts must
/// be follows from the key; the reader, which has none, checks that they are there, the verifier that they are right.
/// </summary>
public static class ProofFormat
{
    /// <summary>The version this program writes and reads.</summary>
    public const uint Version = 3;

    private const int LeastElementBytes = 3; // 31 bits, some bytes of which others share
    private const int DigestBytes = Digest.Length * LeastElementBytes;

    /// <summary>The first bytes of every proof file.</summary>
    public static ReadOnlySpan<byte> Magic => "PLPF"u8;

    /// <summary>Writes a proof.</summary>
    public static byte[] Write(Proof proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        var writer = new CanonicalWriter();
        writer.WriteHeader(Magic, Version);
        writer.WriteBoolean(proof.IsHiding);
        writer.WriteInt32(proof.Instances.Circuits);
        foreach (var log in proof.Instances.Logs)
        {
            writer.WriteBoolean(log >= 0);
            if (log >= 0)
                writer.WriteInt32(log);
        }

        writer.WriteInt32(proof.Messages.Length);
        writer.WritePacked(proof.Messages);
        writer.WriteInt32(proof.Openings.Length);
        foreach (var opening in proof.Openings)
        {
            writer.WriteInt32(opening.Rows.Length);
            writer.WritePacked(opening.Rows);
            writer.WriteInt32(opening.Siblings.Length);
            writer.WritePacked(MemoryMarshal.Cast<Digest, KoalaBear>(opening.Siblings.AsSpan()));
        }

        return writer.ToArray();
    }

    /// <summary>Reads a proof; false, and what is wrong, for anything but what <see cref="Write"/> writes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Proof? proof, [NotNullWhen(false)] out FormatError? error)
    {
        var reader = new CanonicalReader(bytes);
        reader.ReadHeader(Magic, Version);
        var isHiding = reader.ReadBoolean();
        var instances = ReadInstances(ref reader);
        var messages = ReadElements(ref reader);
        var openings = ImmutableArray.CreateBuilder<PrunedOpening>();
        var count = reader.ReadCount(2 * sizeof(uint), Keys.KeyRules.MaxCircuits + 64);
        for (var i = 0; i < count && !reader.Failed; i++)
        {
            var rows = ReadElements(ref reader);
            var siblings = new Digest[reader.ReadCount(DigestBytes)];
            reader.ReadPacked(MemoryMarshal.Cast<Digest, KoalaBear>(siblings.AsSpan()));
            openings.Add(new(rows, siblings));
        }

        reader.Finish();
        error = reader.Error;
        proof = error is null ? new(instances, messages, openings.ToImmutable(), isHiding) : null;
        return proof is not null;
    }

    private static InstanceCounts ReadInstances(ref CanonicalReader reader)
    {
        var logs = ImmutableArray.CreateBuilder<int>();
        var count = reader.ReadInt32(1, Keys.KeyRules.MaxCircuits);
        for (var i = 0; i < count && !reader.Failed; i++)
            logs.Add(reader.ReadBoolean() ? reader.ReadInt32(0, KoalaBear.TwoAdicity) : InstanceCounts.Absent);
        return new(logs.ToImmutable());
    }

    private static KoalaBear[] ReadElements(ref CanonicalReader reader)
    {
        var elements = new KoalaBear[reader.ReadCount(LeastElementBytes)];
        reader.ReadPacked(elements);
        return elements;
    }

    private static void Expect(ref CanonicalReader reader, bool found, bool expected, string message)
    {
        if (found != expected)
            reader.Fail(FormatFault.OutOfRange, reader.Position - 1, message);
    }
}
