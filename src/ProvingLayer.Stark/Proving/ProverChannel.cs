using ProvingLayer.Algebra;
using ProvingLayer.Stark.Protocol;
using ProvingLayer.Stark.Transcripts;

namespace ProvingLayer.Stark.Proving;

/// <summary>The prover's side of the conversation: what is sent is absorbed and kept, in the order of the list of steps.</summary>
internal sealed class ProverChannel<TPermutation>(ProofShape shape, Transcript<TPermutation> transcript, ProverHooks hooks)
    where TPermutation : IPermutation
{
    private readonly KoalaBear[] messages = new KoalaBear[shape.MessageElements];
    private int sent;
    private int step;

    /// <summary>All messages, once the conversation is over.</summary>
    public KoalaBear[] Messages => step == shape.Steps.Length ? messages : throw new InvalidOperationException("compiler bug: the conversation is not over");

    public void Send(StepName name, Digest digest) => Send(name, digest.AsSpan());

    public void Send(StepName name, ReadOnlySpan<Extension5> values)
    {
        var elements = new KoalaBear[values.Length * Extension5.Degree];
        for (var i = 0; i < values.Length; i++)
            values[i].CopyTo(elements.AsSpan(i * Extension5.Degree));
        Send(name, elements);
    }

    public void Send(StepName name, ReadOnlySpan<KoalaBear> elements)
    {
        var next = Next(name, StepKind.Message);
        if (next.Count != elements.Length)
            throw new InvalidOperationException($"compiler bug: {name} has {elements.Length} elements, not {next.Count}");
        var message = messages.AsSpan(sent, next.Count);
        elements.CopyTo(message);
        hooks.OnMessage(next, message);
        transcript.Absorb(message);
        sent += next.Count;
    }

    public Extension5 Draw(StepName name) => Draw(name, 1)[0];

    public Extension5[] Draw(StepName name, int count)
    {
        if (Next(name, StepKind.Challenge).Count != count)
            throw new InvalidOperationException($"compiler bug: {name} does not draw {count} challenges");
        var challenges = new Extension5[count];
        for (var i = 0; i < count; i++)
        {
            challenges[i] = transcript.SampleExtension();
            hooks.OnChallenge(name, challenges[i]);
        }

        return challenges;
    }

    /// <summary>Grinds where the profile has bits for it.</summary>
    public void Grind(StepName name)
    {
        if (shape.Steps[step].Name != name)
            return;
        var next = Next(name, StepKind.Grinding);
        var nonce = messages.AsSpan(sent++, 1);
        nonce[0] = transcript.FindNonce(next.Count);
        hooks.OnMessage(next, nonce);
        transcript.AbsorbNonce(nonce[0], next.Count);
    }

    public int[] DrawIndices(int bits)
    {
        var indices = new int[Next(StepName.QueryIndices, StepKind.Indices).Count];
        for (var i = 0; i < indices.Length; i++)
            indices[i] = transcript.SampleBits(bits);
        return indices;
    }

    private ProtocolStep Next(StepName name, StepKind kind)
    {
        var next = shape.Steps[step++];
        return next.Name == name && next.Kind == kind ? next : throw new InvalidOperationException($"compiler bug: {name} is said where {next.Name} is due");
    }
}
