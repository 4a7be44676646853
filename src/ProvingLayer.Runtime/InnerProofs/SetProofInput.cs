using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ProvingLayer.Constraints.Artifacts;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Recursion;
using ProvingLayer.Stark;
using ProvingLayer.Stark.Formats;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Verification;

namespace ProvingLayer.Runtime;

/// <summary>
/// How a proof of any of a set of statements is checked, and laid out in the input slots of a circuit: verified natively, then wrapped, since the circuit takes the proofs of all statements in one shape,
/// so that nobody sees which it was. Made once for each inner proof of a circuit.
/// </summary>
internal sealed class SetProofInput
{
    private static readonly ConditionalWeakTable<AbiInnerProof, SetProofInput> made = [];

    private readonly AbiInnerProof asked;
    private readonly ImmutableArray<SetProgram> programs;
    private readonly RecursionShape shape;
    private readonly VerifierOptions options;
    private readonly Lazy<AnyProofLayout> layout;
    private readonly LeafWrap?[] wraps;
    private readonly ConditionalWeakTable<TenorInnerProof, Proof> wrapped = [];

    private SetProofInput(AbiInnerProof asked, ImmutableArray<SetProgram> programs)
    {
        (this.asked, this.programs) = (asked, programs);
        shape = RecursionShape.For(Profile);
        options = VerifierOptions.Default with { AllowTestProfile = Profile.IsForTests };
        layout = new(() => AnyProofLayout.Of(shape, programs));
        wraps = new LeafWrap?[programs.Length];
    }

    /// <summary>The profile of the keys; that of the wraps promises as much.</summary>
    public Profile Profile => programs[0].Key.Profile;

    /// <summary>The same for a set of an ABI; null if a key cannot be read, or the keys are of several profiles.</summary>
    public static SetProofInput? Of(AbiInnerProof asked)
    {
        lock (made)
        {
            if (!made.TryGetValue(asked, out var input) && ProgramsOf(asked) is { } programs)
            {
                made.Add(asked, input = new(asked, programs));
            }

            return input;
        }
    }

    private static ImmutableArray<SetProgram>? ProgramsOf(AbiInnerProof asked)
    {
        var programs = ImmutableArray.CreateBuilder<SetProgram>();
        foreach (var choice in asked.Choices)
        {
            if (!VerifyingKeyFormat.TryRead(choice.Key.AsSpan(), out var key, out _) || key.IsHistory || (programs.Count > 0 && programs[0].Key.Profile != key.Profile))
            {
                return null;
            }

            programs.Add(new(key, new TenorKey(choice.Claim, [key], null).ProgramId, choice.WrapRoot));
        }

        return programs.ToImmutable();
    }

    /// <summary>Writes a proof into its slots, or says why it does not belong there.</summary>
    public string? Write(TenorInnerProof proof, CellValue[] slots)
    {
        var at = IndexOf(proof);
        if (FaultOf(proof, at) is { } fault)
        {
            return $"this is no proof of {asked.Description} that goes in here: {fault}";
        }

        lock (wraps)
        {
            var values = proof.Statement!.ToPublicValues();
            var own = wraps[at] ??= LeafWrap.Create(shape, programs[at].Key, options);
            if (own.PreprocessedRoot != programs[at].WrapRoot)
            {
                return $"the program was compiled by another version, which wraps proofs of {proof.Statement.Program} in another way: compile it again";
            }

            if (!wrapped.TryGetValue(proof, out var whole))
            {
                if (!ProofFormat.TryRead(proof.Proof.Span, out var read, out _) || own.Prove(values, read) is not { } made)
                {
                    throw new InvalidOperationException("compiler bug: a proof that the verifier accepts cannot be wrapped");
                }

                wrapped.Add(proof, whole = made);
            }

            var blocks = layout.Value.WitnessOf(at, values, whole);
            if (blocks is null || blocks.Length != asked.SlotCount)
            {
                return $"the program verifies {asked.Description} in another form";
            }

            blocks.CopyTo(slots, asked.Slot);
            return null;
        }
    }

    // The statements of a set differ in their names.
    private int IndexOf(TenorInnerProof proof)
    {
        for (var i = 0; i < asked.Choices.Length; i++)
        {
            if (asked.Choices[i].Claim.Name == proof.Statement?.Program)
            {
                return i;
            }
        }

        return -1;
    }

    private string? FaultOf(TenorInnerProof proof, int at)
    {
        if (at < 0)
        {
            return proof.Statement is { } other ? $"it is of {other.Program}" : "it is of a history";
        }

        var verdict = TenorVerifier.Verify(new TenorKey(asked.Choices[at].Claim, [programs[at].Key], null), proof.Statement!, proof.Proof.Span, options);
        return verdict.IsAccepted ? null : verdict.Message;
    }
}
