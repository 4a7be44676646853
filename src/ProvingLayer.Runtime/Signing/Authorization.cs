using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Artifacts;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Constraints.Signatures;
using ProvingLayer.Runtime.Maps;
using ProvingLayer.Runtime.Values;

namespace ProvingLayer.Runtime.Signing;

/// <summary>A signature that a step needs.</summary>
/// <param name="Place">Its place behind <c>by</c>, from 0.</param>
/// <param name="Party">Who has to sign.</param>
/// <param name="Message">What: the digest of program, instance, transition, all arguments, record before the step and sequence. Good for this one step.</param>
public sealed record SignatureRequest(int Place, PartyKey Party, Digest Message);

/// <summary>What the parties of a step sign, and signatures put into its inputs.</summary>
public static class Authorization
{
    private const string NotAuthorized = "NotAuthorized";

    /// <summary>The signatures that a step needs; none if nobody has to sign it.</summary>
    /// <param name="artifact">The program.</param>
    /// <param name="programId">The program's digest, from the key under which the step will be proved.</param>
    /// <param name="input">The step. Signatures in it do not matter.</param>
    /// <param name="requests">The signatures.</param>
    /// <param name="error">A check of the step that fails whoever signs.</param>
    /// <returns>Whether the step holds but for signatures.</returns>
    public static bool TryRequests(
        TenorArtifact artifact, Digest programId, WitnessInput input, out ImmutableArray<SignatureRequest> requests, [NotNullWhen(false)] out TenorError? error)
    {
        ArgumentNullException.ThrowIfNull(artifact);
        ArgumentNullException.ThrowIfNull(input);
        return TryRequests(artifact, programId, input, null, out requests, out _, out error);
    }

    /// <summary>The same of a step whose inputs lack the witnesses of maps, or the leaf it came to that is not known.</summary>
    internal static bool TryRequests(
        TenorArtifact artifact,
        Digest programId,
        WitnessInput input,
        IReadOnlyDictionary<string, OpenedMap>? maps,
        out ImmutableArray<SignatureRequest> requests,
        out (string Map, UInt128 Index)? missing,
        [NotNullWhen(false)] out TenorError? error)
    {
        (requests, missing, error) = ([], null, null);
        var function = input.Function;
        if (!function.Outputs.Any(o => o.Role == AbiOutputRole.Authority))
        {
            return true;
        }

        var slots = new CellValue[function.SlotCount];
        foreach (var asked in function.Inputs)
        {
            AbiCells.Write(asked, asked.Role == AbiInputRole.Program ? Scalar.Of(programId) : input[asked.Name], slots);
        }

        // A signature decides nothing but whether the run fails: so what is signed is the same without it.
        var circuit = artifact.Circuits[artifact.Abi.Functions.IndexOf(function)];
        var late = maps is null ? null : new MapRun(function, circuit, slots, maps);
        var run = CircuitExecutor.Run(circuit, slots, late, keepGoing: true);
        missing = late?.Missing;
        if (missing is { } leaf)
        {
            error = new(TenorErrorKind.Mismatch, $"the record does not hold the entries of {leaf.Map}, and no witness source was given that does");
            return false;
        }

        foreach (var failure in run.Failures.Where(f => f.Name != NotAuthorized))
        {
            error = TenorProver.ErrorOf(failure);
            return false;
        }

        var outputs = TenorProver.OutputsOf(function, run.Outputs);
        var found = ImmutableArray.CreateBuilder<SignatureRequest>();
        for (var i = 0; outputs.TryGetValue(PathOf(i) + ".key", out var party); i++)
        {
            found.Add(new(i, new(party.Digest), outputs[PathOf(i) + ".message"].Digest));
        }

        requests = found.ToImmutable();
        return true;
    }

    /// <summary>The inputs with a signature.</summary>
    /// <param name="input">The inputs of a step.</param>
    /// <param name="place">The signature's place behind <c>by</c>.</param>
    /// <param name="signature">The signature.</param>
    /// <returns>The signed inputs.</returns>
    public static WitnessInput WithSignature(this WitnessInput input, int place, Signature signature)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(signature);
        return input.Function.FindInput($"{PathOf(place)}.{Signature.Names[0]}") is not null
            ? input.With(Signature.Names.Zip(signature.Scalars).ToDictionary(p => $"{PathOf(place)}.{p.First}", p => p.Second))
            : throw new ArgumentOutOfRangeException(nameof(place), $"{input.Function.Name} does not ask so many to sign");
    }

    /// <summary>The inputs of a step, signed by those of the signers whom it asks.</summary>
    /// <param name="artifact">The program.</param>
    /// <param name="programId">The program's digest, from the key under which the step will be proved.</param>
    /// <param name="input">The step.</param>
    /// <param name="signers">Who signs.</param>
    /// <returns>The signed inputs.</returns>
    /// <exception cref="TenorException">The step fails whoever signs: then nobody does.</exception>
    public static WitnessInput Sign(TenorArtifact artifact, Digest programId, WitnessInput input, params IReadOnlyList<ISigner> signers)
    {
        ArgumentNullException.ThrowIfNull(signers);
        return TryRequests(artifact, programId, input, out var requests, out var error) ? Sign(input, requests, signers) : throw new TenorException(error);
    }

    /// <summary>The inputs, signed by those of the signers whom somebody asks.</summary>
    internal static WitnessInput Sign(WitnessInput input, ImmutableArray<SignatureRequest> requests, IReadOnlyList<ISigner> signers)
    {
        foreach (var request in requests)
        {
            if (signers.FirstOrDefault(s => s.Key == request.Party) is { } signer)
            {
                input = input.WithSignature(request.Place, signer.Sign(request.Message));
            }
        }

        return input;
    }

    private static string PathOf(int place) => string.Create(CultureInfo.InvariantCulture, $"by[{place}]");
}
