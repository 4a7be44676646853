using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Stark.Keys;

namespace ProvingLayer.Stark.Protocol;

/// <summary>Who speaks.</summary>
internal enum StepKind
{
    /// <summary>The prover sends base field elements; they are absorbed.</summary>
    Message,

    /// <summary>The verifier draws elements of the extension.</summary>
    Challenge,

    /// <summary>The prover sends a nonce that shows work.</summary>
    Grinding,

    /// <summary>The verifier draws the query indices.</summary>
    Indices,
}

/// <summary>What is said. The comments at the challenges give their soundness error, in the terms of <see cref="Security.SecurityLevel"/>.</summary>
internal enum StepName
{
    MainCommitment,

    /// <summary>α, β: a false multiset equality survives with L·M·(W + 2)/q.</summary>
    LogUpChallenges,

    PermutationCommitment,
    Terminals,

    /// <summary>λ: a violated constraint vanishes in the combination with L·C/q.</summary>
    ConstraintChallenge,

    QuotientCommitment,

    /// <summary>ζ: unequal polynomials agree there with L²·(d(H + c − 1) + H − 1)/(q − H − 2n).</summary>
    OutOfDomainPoint,

    OpenedValues,
    BatchGrinding,

    /// <summary>The batching challenge: a far word hides in the combination with e(n)·(B − 1).</summary>
    BatchChallenge,

    FoldCommitment,
    FoldGrinding,

    /// <summary>A folding challenge: a far word folds to a near one with e(n/∏k)·k.</summary>
    FoldChallenge,

    FinalPolynomial,
    QueryGrinding,

    /// <summary>The queries: a far word passes all of them with (1 − θ)^s.</summary>
    QueryIndices,
}

/// <summary>One step of the conversation after the header.</summary>
/// <param name="Kind">Who speaks.</param>
/// <param name="Name">What is said.</param>
/// <param name="Round">The FRI round, for steps that repeat; 0 otherwise.</param>
/// <param name="Count">Elements of a message, challenges drawn, bits of a nonce, or queries.</param>
internal readonly record struct ProtocolStep(StepKind Kind, StepName Name, int Round, int Count);

/// <summary>
/// The conversation as data. Prover and verifier both walk this list; a message is read from a proof only by the step that absorbs it,
/// so none can be sent without being absorbed.
/// </summary>
internal static class ProtocolSteps
{
    /// <summary>α and β.</summary>
    public const int LogUpChallengeCount = 2;

    public static ImmutableArray<ProtocolStep> Of(ProofParameters parameters, int terminals, int openedValues, int permutationColumns, int rounds)
    {
        var steps = ImmutableArray.CreateBuilder<ProtocolStep>();
        Message(StepName.MainCommitment, Digest.Length);
        Challenge(StepName.LogUpChallenges, LogUpChallengeCount);
        if (permutationColumns > 0)
            Message(StepName.PermutationCommitment, Digest.Length);
        if (terminals > 0)
            Message(StepName.Terminals, terminals * Extension5.Degree);
        Challenge(StepName.ConstraintChallenge, 1);
        Message(StepName.QuotientCommitment, Digest.Length);
        Challenge(StepName.OutOfDomainPoint, 1);
        Message(StepName.OpenedValues, openedValues * Extension5.Degree);
        Grinding(StepName.BatchGrinding, parameters.BatchGrindingBits);
        Challenge(StepName.BatchChallenge, 1);
        for (var round = 0; round < rounds; round++)
        {
            Message(StepName.FoldCommitment, Digest.Length, round);
            Grinding(StepName.FoldGrinding, parameters.FoldGrindingBits, round);
            Challenge(StepName.FoldChallenge, 1, round);
        }

        Message(StepName.FinalPolynomial, Extension5.Degree * parameters.FinalLength);
        Grinding(StepName.QueryGrinding, parameters.QueryGrindingBits);
        steps.Add(new(StepKind.Indices, StepName.QueryIndices, 0, parameters.Queries));
        return steps.ToImmutable();

        void Message(StepName name, int elements, int round = 0) => steps.Add(new(StepKind.Message, name, round, elements));

        void Challenge(StepName name, int count, int round = 0) => steps.Add(new(StepKind.Challenge, name, round, count));

        void Grinding(StepName name, int bits, int round = 0)
        {
            if (bits > 0)
                steps.Add(new(StepKind.Grinding, name, round, bits));
        }
    }

    /// <summary>Base field elements that a step puts into the proof.</summary>
    public static int SentElements(this ProtocolStep step) => step.Kind switch
    {
        StepKind.Message => step.Count,
        StepKind.Grinding => 1,
        _ => 0,
    };
}
