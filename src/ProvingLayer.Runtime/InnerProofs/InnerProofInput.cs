using System.Runtime.CompilerServices;
using ProvingLayer.Constraints.Artifacts;
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

    private readonly TenorKey key;
    private readonly VerifierOptions options;
    private readonly Lazy<InnerProofLayout> layout;

    private InnerProofInput(AbiInnerProof asked, VerifyingKey verifyingKey)
    {
        key = new(asked.Claim, [verifyingKey], null);
        options = VerifierOptions.Default with { AllowTestProfile = verifyingKey.Profile.IsForTests };
        layout = new(() => InnerProofLayout.Of(verifyingKey, options));
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

            if (Of(asked) is not { } own)
            {
                return new(TenorErrorKind.Format, $"{asked.Name}: the program's key for this proof cannot be read");
            }

            if (own.Write(asked, proof, slots) is { } fault)
            {
                return new(TenorErrorKind.Execution, $"{asked.Name}: {fault}", proof.Path) { Failure = "ProofRejected" };
            }
        }

        return null;
    }

    /// <summary>The profile of the key under which an inner proof is verified; null if the key cannot be read.</summary>
    public static Profile? ProfileOf(AbiInnerProof asked) => Of(asked)?.key.Profile;

    private static InnerProofInput? Of(AbiInnerProof asked)
    {
        lock (made)
        {
            if (!made.TryGetValue(asked, out var input) && VerifyingKeyFormat.TryRead(asked.Key.AsSpan(), out var key, out _))
            {
                made.Add(asked, input = new(asked, key));
            }

            return input;
        }
    }

    private string? Write(AbiInnerProof asked, TenorInnerProof proof, CellValue[] slots)
    {
        var verdict = TenorVerifier.Verify(key, proof.Statement, proof.Proof.Span, options);
        if (!verdict.IsAccepted)
        {
            return $"this is no proof of {key.Abi.Functions[0].Name} that goes in here: {verdict.Message}";
        }

        // What the verifier accepts has the parts that the key gives it, and fits the layout of the same key.
        var blocks = ProofFormat.TryRead(proof.Proof.Span, out var read, out _) ? layout.Value.WitnessOf(proof.Statement.ToPublicValues(), read) : null;
        if (blocks is null || blocks.Length != asked.SlotCount)
        {
            return $"the program verifies {key.Abi.Functions[0].Name} in another form";
        }

        blocks.CopyTo(slots, asked.Slot);
        return null;
    }
}
