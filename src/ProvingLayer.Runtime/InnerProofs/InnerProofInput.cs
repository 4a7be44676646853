using System.Runtime.CompilerServices;
using ProvingLayer.Constraints.Artifacts;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Recursion;
using ProvingLayer.Stark.Formats;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Verification;

namespace ProvingLayer.Runtime;

/// <summary>How an inner proof of a circuit is checked and laid out in its input slots; made once for each.</summary>
internal sealed class InnerProofInput
{
    private static readonly ConditionalWeakTable<AbiInnerProof, InnerProofInput> made = [];

    private readonly AbiInnerProof asked;
    private readonly VerifyingKey key;
    private readonly VerifierOptions options;
    private readonly Lazy<InnerProofLayout> layout;

    private InnerProofInput(AbiInnerProof asked, VerifyingKey key)
    {
        (this.asked, this.key) = (asked, key);
        options = VerifierOptions.Default with { AllowTestProfile = key.Profile.IsForTests };
        layout = new(() => InnerProofLayout.Of(key, options, asked.History?.Room));
    }

    /// <summary>Writes the inner proofs of a run into its slots, or says which of them does not hold, and why.</summary>
    public static TenorError? Write(WitnessInput input, CellValue[] slots)
    {
        foreach (var asked in input.Function.InnerProofs)
        {
            if (input.ProofOf(asked) is not { } proof)
            {
                return new(TenorErrorKind.Execution, $"{asked.Name}: this proof is missing");
            }

            var (own, set) = (asked.Choices.IsEmpty ? Of(asked) : null, asked.Choices.IsEmpty ? null : SetProofInput.Of(asked));
            if (own is null && set is null)
            {
                return new(TenorErrorKind.Format, $"{asked.Name}: the program's key for this proof cannot be read");
            }

            if ((own is not null ? own.Write(proof, slots) : set!.Write(proof, slots)) is { } fault)
            {
                return new(TenorErrorKind.Execution, $"{asked.Name}: {fault}", proof.Path) { Failure = "ProofRejected" };
            }
        }

        return null;
    }

    /// <summary>The profile of the key under which an inner proof is verified; null if the key cannot be read.</summary>
    public static Profile? ProfileOf(AbiInnerProof asked) => asked.Choices.IsEmpty ? Of(asked)?.key.Profile : SetProofInput.Of(asked)?.Profile;

    private static InnerProofInput? Of(AbiInnerProof asked)
    {
        lock (made)
        {
            if (!made.TryGetValue(asked, out var input) && VerifyingKeyFormat.TryRead(asked.Key.AsSpan(), out var key, out _) && key.IsHistory == asked.History is not null)
            {
                made.Add(asked, input = new(asked, key));
            }

            return input;
        }
    }

    private string? Write(TenorInnerProof proof, CellValue[] slots)
    {
        if (FaultOf(proof) is { } fault)
        {
            return $"this is no proof of {asked.Description} that goes in here: {fault}";
        }

        // What the verifier accepts has the parts that the key gives it, and fits the layout of the same key and form.
        var values = proof.History?.ToPublicValues() ?? proof.Statement!.ToPublicValues();
        var isRead = ProofFormat.TryRead(proof.Proof.Span, out var read, out _);
        if (isRead && asked.History is { Room: var room } && !read!.Instances.Equals(room))
        {
            return $"this is a proof with room for {TextOf(read.Instances)}, and one with room for {TextOf(room)} goes in here";
        }

        var blocks = isRead ? layout.Value.WitnessOf(values, read!) : null;
        if (blocks is null || blocks.Length != asked.SlotCount)
        {
            return $"the program verifies {asked.Description} in another form";
        }

        blocks.CopyTo(slots, asked.Slot);
        return null;
    }

    // Of a history the program's digest is part of the statement, and the machine's keys but for that of histories are not at hand: the digest is compared with the circuit's.
    private string? FaultOf(TenorInnerProof proof)
    {
        if (asked.History is not { } fixedPart)
        {
            var verdict = proof.Statement is { } statement ? TenorVerifier.Verify(new TenorKey(asked.Claim, [key], null), statement, proof.Proof.Span, options) : null;
            return verdict is { IsAccepted: true } ? null : verdict?.Message ?? "it is of a history";
        }

        if (proof.History is not { } history)
        {
            return "it is of a statement";
        }

        if (history.ProgramId != fixedPart.ProgramId || history.PreLog != HistoryDigests.EmptyLog)
        {
            return history.ProgramId != fixedPart.ProgramId ? "it is of another program" : "it goes on with a log, and here the log begins empty: prove it as a history of its own";
        }

        if (!history.TryOpen(asked.Claim, out var contradiction))
        {
            return $"the statement contradicts itself: {contradiction.Message}";
        }

        var found = Verifier.Verify(key, history.ToPublicValues(), proof.Proof.Span, options);
        return found.Error == VerificationError.None ? null : found.Message;
    }

    private string TextOf(InstanceCounts room) => room.Describe(asked.Claim.Functions.Select(function => function.Name));
}
