using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Protocol;
using ProvingLayer.Stark.Proving;
using ProvingLayer.Stark.Tests.Samples;
using ProvingLayer.Stark.Transcripts;
using ProvingLayer.Stark.Verification;

namespace ProvingLayer.Stark.Tests.Soundness;

/// <summary>A prover that cheats in one step, and what the verifier says to its proof.</summary>
internal sealed class Forger
{
    public static readonly VerifierOptions Testing = new() { AllowTestProfile = true };

    public Forger(ProvedSample sample, Profile? profile = null, int maxLogInstances = 0, bool isHiding = false)
    {
        Sample = sample;
        Key = (ProvingKey<Poseidon2>)ProvingKey.Generate(sample.Circuit, profile ?? Profile.Test, maxLogInstances, isHiding);
    }

    public ProvedSample Sample { get; }

    public ProvingKey<Poseidon2> Key { get; }

    public VerifyingKey VerifyingKey => Key.VerifyingKey;

    public ProofShape Shape => new(VerifyingKey, Sample.Trace.Instances);

    public Proof Prove(ProverHooks? hooks = null, Trace? trace = null, Transcript<Poseidon2>? transcript = null) =>
        Key.Prove(trace ?? Sample.Trace, transcript ?? NewTranscript(), hooks ?? new Lenient(), null, CancellationToken.None);

    public VerificationResult Verify(Proof proof, Transcript<Poseidon2>? transcript = null, VerifyingKey? key = null, Trace? trace = null) =>
        Verifier<Poseidon2>.Verify(key ?? VerifyingKey, (trace ?? Sample.Trace).PublicValues.AsSpan(), proof, Testing, transcript ?? NewTranscript());

    /// <summary>The verifier's answer to what a cheating prover makes.</summary>
    public VerificationError Try(ProverHooks? hooks = null, Trace? trace = null) => Verify(Prove(hooks, trace), trace: trace).Error;

    public int TableOf(string chip) => VerifyingKey.Tables.IndexOf(VerifyingKey.Tables.Single(table => table.Chip == chip));

    public static Transcript<Poseidon2> NewTranscript() => new(ProofHeader.TranscriptTag);
}

/// <summary>Honest but for not checking itself: what is committed to a false trace.</summary>
internal class Lenient : ProverHooks
{
    public override bool ChecksItself => false;
}

/// <summary>Changes one message before it is absorbed.</summary>
internal sealed class MessageForger(StepName name, int round, Action<KoalaBear[]> change) : Lenient
{
    public override void OnMessage(ProtocolStep step, Span<KoalaBear> elements)
    {
        if (step.Name != name || step.Round != round)
            return;
        var copy = elements.ToArray();
        change(copy);
        copy.CopyTo(elements);
    }
}

/// <summary>Draws what a test says instead of one challenge; keeps all that is drawn and absorbed.</summary>
internal sealed class ScriptedTranscript() : Transcript<Poseidon2>(ProofHeader.TranscriptTag)
{
    public List<Extension5> Drawn { get; } = [];

    public List<KoalaBear> Absorbed { get; } = [];

    /// <summary>How many elements had been absorbed when each challenge was drawn.</summary>
    public List<int> AbsorbedBefore { get; } = [];

    /// <summary>What to draw instead, by the number of the challenge.</summary>
    public Dictionary<int, Extension5> Instead { get; } = [];

    public override void Absorb(ReadOnlySpan<KoalaBear> elements)
    {
        Absorbed.AddRange(elements);
        base.Absorb(elements);
    }

    public override Extension5 SampleExtension()
    {
        var drawn = base.SampleExtension();
        if (Instead.TryGetValue(Drawn.Count, out var instead))
            drawn = instead;
        Drawn.Add(drawn);
        AbsorbedBefore.Add(Absorbed.Count);
        return drawn;
    }

    public override int SampleBits(int bits)
    {
        var drawn = base.SampleBits(bits);
        Drawn.Add(KoalaBear.FromCanonical((uint)drawn));
        AbsorbedBefore.Add(Absorbed.Count);
        return drawn;
    }
}
