using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Stark.Keys;

namespace ProvingLayer.Stark.Protocol;

/// <summary>
/// What the transcript absorbs before the first message: protocol id and version, machine id, suite, parameters, key digest, hiding flag,
/// presence and log N of each circuit; then the public values, their number first.
/// </summary>
internal static class ProofHeader
{
    /// <summary>The version of the protocol: it changes whenever an old proof would no longer verify.</summary>
    public const uint ProtocolVersion = 4;

    /// <summary>The transcript's domain tag: "TRS".</summary>
    public const uint TranscriptTag = 0x545253;

    /// <summary>"PLS".</summary>
    private const uint ProtocolId = 0x504c53;

    /// <summary>Where the key's digest stands in the header: behind protocol, machine, suite and parameters.</summary>
    public static int KeyDigestPosition { get; } = 2 + Digest.Length + 1 + ParametersOf(Profile.Standard, Profile.Standard.Parameters).Length;

    public static KoalaBear[] Elements(VerifyingKey key, InstanceCounts instances)
    {
        var elements = new List<KoalaBear> { Number(ProtocolId), Number(ProtocolVersion) };
        elements.AddRange(key.MachineId.AsSpan());
        elements.Add(Number(key.SuiteId));
        elements.AddRange(ParametersOf(key.Profile, key.Parameters));
        elements.AddRange(key.Digest.AsSpan());
        elements.Add(Number(key.IsHiding ? 1u : 0u));
        elements.Add(Number((uint)instances.Circuits));
        foreach (var log in instances.Logs)
        {
            elements.Add(Number(log >= 0 ? 1u : 0u)); // present
            elements.Add(Number((uint)Math.Max(log, 0)));
        }

        return [.. elements];
    }

    public static KoalaBear[] PublicValues(ReadOnlySpan<KoalaBear> values) => [Number((uint)values.Length), .. values];

    /// <summary>The profile with all parameters of a key.</summary>
    public static KoalaBear[] ParametersOf(Profile profile, ProofParameters parameters)
    {
        int[] numbers =
        [
            profile.Id, (int)profile.Regime, profile.MinimumBits, profile.IsForTests ? 1 : 0,
            parameters.LogBlowup, parameters.LogArity, parameters.LogFinalLength, parameters.Queries,
            parameters.QueryGrindingBits, parameters.BatchGrindingBits, parameters.FoldGrindingBits,
        ];
        return [.. numbers.Select(number => Number((uint)number))];
    }

    private static KoalaBear Number(uint value) => KoalaBear.FromCanonical(value);
}
