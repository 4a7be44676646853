using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Binary;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Histories;

namespace ProvingLayer.Constraints.Artifacts;

/// <content>The proofs that a circuit verifies.</content>
public static partial class AbiBinary
{
    private static void WriteInnerProof(CanonicalWriter writer, AbiInnerProof proof)
    {
        writer.WriteString(proof.Name);
        Write(writer, proof.Claim, isInner: true);
        if (proof.History is { } history)
        {
            writer.WriteDigest(history.ProgramId);
            foreach (var log in history.Room.Logs)
            {
                writer.WriteByte((byte)(log + 1));
            }
        }

        WriteKey(writer, proof.Key);
        if (!proof.Claim.IsMachine)
        {
            WriteChoices(writer, proof.Choices);
        }

        writer.WriteInt32(proof.Slot);
        writer.WriteInt32(proof.SlotCount);
    }

    private static void WriteKey(CanonicalWriter writer, ImmutableArray<byte> key)
    {
        writer.WriteInt32(key.Length);
        writer.WriteBytes(key.AsSpan());
    }

    // The first is the claim itself, with its key.
    private static void WriteChoices(CanonicalWriter writer, ImmutableArray<AbiInnerChoice> choices)
    {
        writer.WriteByte((byte)choices.Length);
        for (var i = 0; i < choices.Length; i++)
        {
            if (i > 0)
            {
                Write(writer, choices[i].Claim, isInner: true);
                WriteKey(writer, choices[i].Key);
            }

            writer.WriteDigest(choices[i].WrapRoot);
        }
    }

    private static AbiInnerProof ReadInnerProof(ref CanonicalReader reader)
    {
        var name = reader.ReadString(LongestText);
        var start = reader.Position;
        var claim = Read(ref reader, isInner: true);
        if (!reader.Failed && (claim.IsMachine ? claim.Functions.IsEmpty : claim.Functions.Length != 1))
        {
            reader.Fail(FormatFault.Content, start, "an inner proof is of no statement and no history");
        }

        var history = claim.IsMachine && !reader.Failed ? ReadInnerHistory(ref reader, claim.Functions.Length) : null;
        ImmutableArray<byte> key = [.. reader.ReadBytes(reader.ReadCount(1))];
        ImmutableArray<AbiInnerChoice> choices = claim.IsMachine ? [] : ReadChoices(ref reader, claim, key);
        return new(name, claim, key, reader.ReadInt32(0, int.MaxValue), reader.ReadInt32(1, MostSlots)) { History = history, Choices = choices };
    }

    private static ImmutableArray<AbiInnerChoice> ReadChoices(ref CanonicalReader reader, Abi first, ImmutableArray<byte> firstKey)
    {
        var start = reader.Position;
        var choices = new AbiInnerChoice[reader.ReadByte()];
        if (choices.Length > AbiInnerChoice.Most)
        {
            reader.Fail(FormatFault.OutOfRange, start, "a set of statements is too large");
        }

        for (var i = 0; i < choices.Length && !reader.Failed; i++)
        {
            start = reader.Position;
            var claim = i == 0 ? first : Read(ref reader, isInner: true);
            if (!reader.Failed && (claim.IsMachine || claim.Functions.Length != 1))
            {
                reader.Fail(FormatFault.Content, start, "a set holds statements");
            }

            choices[i] = new(claim, i == 0 ? firstKey : [.. reader.ReadBytes(reader.ReadCount(1))], reader.ReadDigest());
        }

        return reader.Failed ? [] : [.. choices];
    }

    private static AbiInnerHistory ReadInnerHistory(ref CanonicalReader reader, int transitions)
    {
        var programId = reader.ReadDigest();
        var start = reader.Position;
        var logs = new int[transitions];
        for (var i = 0; i < transitions; i++)
        {
            logs[i] = reader.ReadByte() - 1;
        }

        if (!reader.Failed && logs.Max() is < 0 or > KoalaBear.TwoAdicity)
        {
            reader.Fail(FormatFault.OutOfRange, start, "an inner history has room for no step, or for too many");
        }

        return new(programId, new([.. logs]));
    }

    // What an inner proof says is among the inputs, scalar by scalar, as its own statement has it; its slots follow those of the inputs.
    private static string? InnerProofFaultOf(AbiFunction function)
    {
        var slot = function.Inputs.Sum(i => (long)i.SlotCount);
        foreach (var proof in function.InnerProofs)
        {
            var said = proof.History is not null ? HistoryClaim.Parts : SaidBy(proof.Claim);
            if (proof.Choices.Any(choice => !SaidBy(choice.Claim).SequenceEqual(said)) || proof.Claims.Select(claim => claim.Functions[0].Name).Distinct(StringComparer.Ordinal).Count() != proof.Claims.Count())
            {
                return $"the statements of {proof.Name} say different things, or two have one name";
            }

            foreach (var (name, layout) in said)
            {
                if (function.FindInput(proof.InputOf(name)) is not { Role: AbiInputRole.InnerStatement } input || input.Type.Layout != layout)
                {
                    return $"{proof.InputOf(name)} is not among the inputs as the inner statement has it";
                }
            }

            if (proof.Slot != slot)
            {
                return $"the slots of {proof.Name} are not where they belong";
            }

            slot += proof.SlotCount;
        }

        return function.InnerProofs.Select(p => p.Name).Distinct(StringComparer.Ordinal).Count() == function.InnerProofs.Length ? null : "two inner proofs have one name";
    }

    private static IEnumerable<(string Path, ScalarLayout Layout)> SaidBy(Abi claim) =>
        claim.Functions[0].Inputs.Where(i => i.Role == AbiInputRole.PublicArgument).Select(i => (i.Name, i.Type.Layout))
            .Concat(claim.Functions[0].Outputs.Where(o => o.Role == AbiOutputRole.Result).Select(o => (o.Name, o.Type.Layout)));
}
