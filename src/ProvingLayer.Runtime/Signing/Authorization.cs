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
/// <param name="Place">Its place behind <c>by</c>, or among those of data, from 0.</param>
/// <param name="Party">Who has to sign.</param>
/// <param name="Message">
/// What: the digest of program, instance, transition, all arguments, record before the step and sequence, good for this one step; or that of data and its type, which
/// is good wherever the data is asked for.
/// </param>
public sealed record SignatureRequest(int Place, PartyKey Party, Digest Message)
{
    /// <summary>Whether it is of data, a <c>signed&lt;T&gt;</c>, and not of the step.</summary>
    public bool IsOfData { get; init; }
}

/// <summary>What the parties of a step sign, and signatures put into its inputs.</summary>
public static class Authorization
{
    private const string NotAuthorized = "NotAuthorized";

    /// <summary>
    /// The signatures that a step needs; none if nobody has to sign it. Data is signed first: while some is not, and the step fails, these are the signatures of the
    /// data alone. Parties are asked for a step that holds but for them.
    /// </summary>
    /// <param name="artifact">The program.</param>
    /// <param name="programId">The program's digest, from the key under which the step will be proved.</param>
    /// <param name="input">The step. Signatures in it do not matter.</param>
    /// <param name="requests">The signatures.</param>
    /// <param name="error">A check of the step that fails whoever signs.</param>
    /// <returns>Whether the step holds but for signatures; where data is not signed, whether it may.</returns>
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

        if (InnerProofInput.Write(input, slots) is { } fault)
        {
            error = fault;
            return false;
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

        // Who sees that it fails cannot tell whether it does for want of a signature: the failure has a name that the rules gave it.
        var outputs = TenorProver.OutputsOf(function, run.Outputs);
        var data = Requests(outputs, isOfData: true).Where(r => !outputs[PathOf(r) + ".isSigned"].IsTrue).ToImmutableArray();
        if (run.Failures.FirstOrDefault(f => f.Name != NotAuthorized) is { } failure)
        {
            requests = data;
            error = data.IsEmpty ? TenorProver.ErrorOf(failure) : null;
            return !data.IsEmpty;
        }

        requests = [.. Requests(outputs, isOfData: false)];
        return true;
    }

    private static IEnumerable<SignatureRequest> Requests(ImmutableDictionary<string, Scalar> outputs, bool isOfData)
    {
        for (var i = 0; outputs.TryGetValue(PathOf(i, isOfData) + ".key", out var party); i++)
        {
            yield return new(i, new(party.Digest), outputs[PathOf(i, isOfData) + ".message"].Digest) { IsOfData = isOfData };
        }
    }

    /// <summary>The inputs with a signature.</summary>
    /// <param name="input">The inputs of a step.</param>
    /// <param name="place">The signature's place behind <c>by</c>.</param>
    /// <param name="signature">The signature.</param>
    /// <returns>The signed inputs.</returns>
    public static WitnessInput WithSignature(this WitnessInput input, int place, Signature signature) => WithSignature(input, PathOf(place, isOfData: false), signature, nameof(place));

    /// <summary>The inputs with a signature that they need.</summary>
    /// <param name="input">The inputs of a step or statement.</param>
    /// <param name="request">What is signed.</param>
    /// <param name="signature">The signature.</param>
    /// <returns>The signed inputs.</returns>
    public static WitnessInput WithSignature(this WitnessInput input, SignatureRequest request, Signature signature)
    {
        ArgumentNullException.ThrowIfNull(request);
        return WithSignature(input, PathOf(request), signature, nameof(request));
    }

    private static WitnessInput WithSignature(WitnessInput input, string path, Signature signature, string parameter)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(signature);
        return input.Function.FindInput($"{path}.{Signature.Names[0]}") is not null
            ? input.With(Signature.Names.Zip(signature.Scalars).ToDictionary(p => $"{path}.{p.First}", p => p.Second))
            : throw new ArgumentOutOfRangeException(parameter, $"{input.Function.Name} does not ask so many to sign");
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
        ArgumentNullException.ThrowIfNull(artifact);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(signers);
        return TrySign(artifact, programId, ref input, null, signers, out _, out var error) ? input : throw new TenorException(error);
    }

    /// <summary>Signs inputs with those of the signers whom they ask: data first, and then the step, if it holds.</summary>
    internal static bool TrySign(
        TenorArtifact artifact,
        Digest programId,
        ref WitnessInput input,
        IReadOnlyDictionary<string, OpenedMap>? maps,
        IReadOnlyList<ISigner> signers,
        out (string Map, UInt128 Index)? missing,
        [NotNullWhen(false)] out TenorError? error)
    {
        for (var hasSigned = true; hasSigned;)
        {
            if (!TryRequests(artifact, programId, input, maps, out var requests, out missing, out error))
            {
                return false;
            }

            hasSigned = false;
            foreach (var request in requests)
            {
                if (signers.FirstOrDefault(s => s.Key == request.Party) is { } signer)
                {
                    input = input.WithSignature(request, signer.Sign(request.Message));
                    hasSigned |= request.IsOfData;
                }
            }
        }

        (missing, error) = (null, null);
        return true;
    }

    private static string PathOf(SignatureRequest request) => PathOf(request.Place, request.IsOfData);

    private static string PathOf(int place, bool isOfData) => string.Create(CultureInfo.InvariantCulture, $"{(isOfData ? "data" : "by")}[{place}]");
}
