using ProvingLayer.Algebra;
using ProvingLayer.Stark.Protocol;

namespace ProvingLayer.Stark.Verification;

/// <summary>The verifier's side of the conversation: a message is taken from the proof by the step that absorbs it, in the order of the list.</summary>
internal sealed class VerifierChannel<TEngine, TValue, TDigest, TOpening, TIndex>(TEngine engine, ProofShape shape)
    where TEngine : IVerifierEngine<TValue, TDigest, TOpening, TIndex>
    where TValue : struct, IRing<TValue>
{
    private int step;

    public TDigest ReceiveDigest(StepName name)
    {
        Next(name, StepKind.Message);
        return engine.ReceiveDigest();
    }

    public TValue[] ReceiveValues(StepName name) => engine.ReceiveValues(Next(name, StepKind.Message).Count / Extension5.Degree);

    public TValue Draw(StepName name) => Draw(name, 1)[0];

    public TValue[] Draw(StepName name, int count)
    {
        Next(name, StepKind.Challenge);
        var challenges = new TValue[count];
        for (var i = 0; i < count; i++)
            challenges[i] = engine.DrawValue();
        return challenges;
    }

    /// <summary>Checks the work where the profile has bits for it.</summary>
    public void CheckGrinding(StepName name)
    {
        if (shape.Steps[step].Name == name)
            engine.ReceiveNonce(Next(name, StepKind.Grinding).Count);
    }

    public TIndex[] DrawIndices() => engine.DrawIndices(Next(StepName.QueryIndices, StepKind.Indices).Count, shape.LogDomain);

    private ProtocolStep Next(StepName name, StepKind kind)
    {
        var next = shape.Steps[step++];
        return next.Name == name && next.Kind == kind ? next : throw new InvalidOperationException($"compiler bug: {name} is expected where {next.Name} is due");
    }
}
