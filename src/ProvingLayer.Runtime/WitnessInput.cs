using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using ProvingLayer.Constraints.Artifacts;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Histories;
using ProvingLayer.Runtime.Json;

namespace ProvingLayer.Runtime;

/// <summary>
/// Everything that goes into one step or statement: the record before it, the arguments, the time, the salts. It holds private values: keep it as
/// you keep those. The program's digest is not in it; it comes from the key.
/// </summary>
public sealed class WitnessInput
{
    /// <summary>The most bytes a file of inputs may have.</summary>
    public const int MaxFileSize = 16 * 1024 * 1024;

    private readonly ImmutableDictionary<string, Scalar> values;
    private readonly ImmutableDictionary<string, TenorInnerProof> proofs;

    private WitnessInput(string program, AbiFunction function, ImmutableDictionary<string, Scalar> values, ImmutableDictionary<string, TenorInnerProof> proofs) =>
        (Program, Function, this.values, this.proofs) = (program, function, values, proofs);

    /// <summary>The machine's or statement's name.</summary>
    public string Program { get; }

    /// <summary>The transition or statement.</summary>
    public AbiFunction Function { get; }

    /// <summary>The value of an input.</summary>
    /// <param name="name">The input's path, such as <c>args.spot</c>.</param>
    public Scalar this[string name] => values[name];

    /// <summary>Inputs with these values.</summary>
    /// <param name="abi">The program's ABI.</param>
    /// <param name="function">The transition's or statement's name.</param>
    /// <param name="values">A value for each input but the program's digest, by path.</param>
    /// <exception cref="TenorException">An input has no value, a value no input, or one is out of range.</exception>
    public static WitnessInput Of(Abi abi, string function, IReadOnlyDictionary<string, Scalar> values) => Of(abi, function, values, isPartial: false);

    /// <summary>Inputs with these values, of a transition or statement that verifies proofs.</summary>
    /// <param name="abi">The program's ABI.</param>
    /// <param name="function">The transition's or statement's name.</param>
    /// <param name="values">A value for each input but the program's digest and what the proofs say, by path.</param>
    /// <param name="proofs">The proofs, by the paths of the arguments that they are: <c>args.p</c>.</param>
    /// <exception cref="TenorException">An input or proof is missing, one has no place, or one is out of range.</exception>
    public static WitnessInput Of(Abi abi, string function, IReadOnlyDictionary<string, Scalar> values, IReadOnlyDictionary<string, TenorInnerProof> proofs) =>
        Of(abi, function, values, proofs, isPartial: false);

    private static WitnessInput Of(Abi abi, string function, IReadOnlyDictionary<string, Scalar> values, IReadOnlyDictionary<string, TenorInnerProof> proofs, bool isPartial)
    {
        ArgumentNullException.ThrowIfNull(abi);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(proofs);
        var entry = abi.Find(function) ?? throw new TenorException(UnknownFunction(abi, function));
        if (proofs.Keys.Where(name => entry.InnerProofs.All(p => p.Name != name)).Order(StringComparer.Ordinal).FirstOrDefault() is { } stranger)
        {
            throw new TenorException(new(TenorErrorKind.Execution, $"{stranger}: no proof goes in here"));
        }

        var all = new Dictionary<string, Scalar>(values, StringComparer.Ordinal);
        foreach (var asked in entry.InnerProofs)
        {
            if (!proofs.TryGetValue(asked.Name, out var proof))
            {
                throw new TenorException(new(TenorErrorKind.Execution, $"{asked.Name}: this proof is missing"));
            }

            if (FaultOf(asked, proof, all) is { } fault)
            {
                throw new TenorException(fault);
            }
        }

        var plain = Of(abi, function, all, isPartial);
        return new(plain.Program, plain.Function, plain.values, proofs.ToImmutableDictionary(StringComparer.Ordinal));
    }

    /// <summary>The proof that goes in as an argument; null if it is missing.</summary>
    internal TenorInnerProof? ProofOf(AbiInnerProof asked) => proofs.GetValueOrDefault(asked.Name);

    /// <summary>Takes what a proof says into the inputs, or says what does not fit.</summary>
    private static TenorError? FaultOf(AbiInnerProof asked, TenorInnerProof proof, Dictionary<string, Scalar> values)
    {
        var parts = asked.History is null
            ? TenorStatement.OpenedBy(asked.Claim.Functions[0]).Select(part => (part.Path, part.Type.Kind))
            : HistoryClaim.Parts.Select(part => (part.Path, part.Layout.Kind));
        var says = proof.Said();
        foreach (var (path, kind) in parts)
        {
            if (!says.TryGetValue(path, out var value) || value.Kind != kind)
            {
                return new(TenorErrorKind.Mismatch, $"{asked.Name}: the statement beside this proof is none of {asked.Description}", proof.Path);
            }

            if (!values.TryAdd(asked.InputOf(path), value) && values[asked.InputOf(path)] != value)
            {
                return new(TenorErrorKind.Mismatch, $"{asked.InputOf(path)}: the proof says something else", proof.Path);
            }
        }

        return null;
    }

    /// <summary>Inputs without the witnesses of maps, which are found as the transition runs.</summary>
    internal static WitnessInput WithoutWitnesses(Abi abi, string function, IReadOnlyDictionary<string, Scalar> values, IReadOnlyDictionary<string, TenorInnerProof> proofs) =>
        Of(abi, function, values, proofs, isPartial: true);

    /// <summary>The same inputs with other values for some.</summary>
    internal WitnessInput With(IReadOnlyDictionary<string, Scalar> others) => others.Count == 0 ? this : new(Program, Function, values.SetItems(others), proofs);

    /// <summary>A value that stands where there is none: 0, or the least.</summary>
    internal static Scalar Harmless(AbiScalar type) =>
        type.Kind == ScalarKind.Integer && !type.Interval.Contains(0) ? Scalar.Of(type.Interval.Low) : Scalar.Zero(type.Kind);

    private static WitnessInput Of(Abi abi, string function, IReadOnlyDictionary<string, Scalar> values, bool isPartial)
    {
        ArgumentNullException.ThrowIfNull(abi);
        ArgumentNullException.ThrowIfNull(values);
        var entry = abi.Find(function) ?? throw new TenorException(UnknownFunction(abi, function));
        var given = ImmutableDictionary.CreateBuilder<string, Scalar>(StringComparer.Ordinal);
        foreach (var input in Asked(entry))
        {
            if (!values.TryGetValue(input.Name, out var value))
            {
                if (input.Role == AbiInputRole.Signature || (isPartial && input.Role is AbiInputRole.MapValue or AbiInputRole.MapSibling))
                {
                    given.Add(input.Name, Harmless(input.Type)); // nobody has signed yet, or the witness is found later
                    continue;
                }

                throw new TenorException(new(TenorErrorKind.Execution, $"{input.Name}: this input is missing"));
            }

            if (value.Kind != input.Type.Kind || (value.Kind == ScalarKind.Integer && !input.Type.Interval.Contains(value.Number)))
            {
                throw new TenorException(new(TenorErrorKind.Execution, $"{input.Name}: the value does not fit the input, which is {input.Type.Layout}"));
            }

            given.Add(input.Name, value);
        }

        return values.Keys.Where(name => !given.ContainsKey(name)).Order(StringComparer.Ordinal).FirstOrDefault() is { } stranger
            ? throw new TenorException(new(TenorErrorKind.Execution, $"{stranger}: there is no such input"))
            : new(abi.Name, entry, given.ToImmutable(), ImmutableDictionary<string, TenorInnerProof>.Empty);
    }

    /// <summary>Reads inputs from JSON: strictly, every input once and nothing else. A signature may be left out: then nobody has signed.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="abi">The program's ABI.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <param name="function">The transition that must be meant; null to take the one the text names.</param>
    /// <param name="input">The inputs.</param>
    /// <param name="error">What is wrong.</param>
    /// <returns>Whether the text was read.</returns>
    public static bool TryParse(byte[] utf8, Abi abi, string? file, string? function, [NotNullWhen(true)] out WitnessInput? input, [NotNullWhen(false)] out TenorError? error)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        ArgumentNullException.ThrowIfNull(abi);
        input = null;
        if (!JsonScalars.TryParse(utf8, file, out var json, out error)
            || !json.TryTakeText("program", out var program, out error)
            || !json.TryTakeText("function", out var named, out error))
        {
            return false;
        }

        if (program != abi.Name)
        {
            error = new(TenorErrorKind.Mismatch, $"these are inputs of {program}, and the program is {abi.Name}", file);
            return false;
        }

        if (function is not null && function != named)
        {
            error = new(TenorErrorKind.Mismatch, $"these are inputs of {named}, not of {function}", file);
            return false;
        }

        if (abi.Find(named) is not { } entry)
        {
            error = UnknownFunction(abi, named) with { File = file };
            return false;
        }

        var said = new Dictionary<string, Scalar>(StringComparer.Ordinal);
        var proofs = ImmutableDictionary.CreateBuilder<string, TenorInnerProof>(StringComparer.Ordinal);
        foreach (var asked in entry.InnerProofs)
        {
            if (!json.TryTakeText(asked.Name, out var path, out error)
                || !TenorInnerProof.TryLoad(Path.Combine(Path.GetDirectoryName(file) ?? "", path), asked, out var proof, out error)
                || (error = FaultOf(asked, proof, said)) is not null)
            {
                error = error is { Kind: TenorErrorKind.Json, File: var at } && at == file ? error : error with { Message = $"{asked.Name}: {error.Message}" };
                return false;
            }

            proofs.Add(asked.Name, proof);
        }

        var values = ImmutableDictionary.CreateBuilder<string, Scalar>(StringComparer.Ordinal);
        values.AddRange(said);
        var unsigned = Asked(entry).Where(i => i.Role == AbiInputRole.Signature).GroupBy(SignatureOf, StringComparer.Ordinal)
            .Where(g => !g.Any(i => json.Has(JsonScalars.Normal(i.Name)))).Select(g => g.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var asked in Asked(entry).Where(i => i.Role != AbiInputRole.InnerStatement))
        {
            if (asked.Role == AbiInputRole.Signature && unsigned.Contains(SignatureOf(asked)))
            {
                values.Add(asked.Name, Scalar.Zero(asked.Type.Kind));
                continue;
            }

            if (!json.TryTake(asked.Name, asked.Type, out var value, out error))
            {
                return false;
            }

            values.Add(asked.Name, value);
        }

        error = json.Unknown([]);
        input = error is null ? new(program, entry, values.ToImmutable(), proofs.ToImmutable()) : null;
        return error is null;
    }

    /// <summary>Writes the inputs as JSON that <see cref="TryParse"/> reads. Proofs among them are named by their files, in full.</summary>
    /// <returns>The text, UTF-8.</returns>
    /// <exception cref="InvalidOperationException">A proof came from no file.</exception>
    public byte[] ToJson() => ToJson(folder: null);

    /// <summary>Writes the inputs as JSON for a file of a folder. Proofs among them are named by their files, seen from there.</summary>
    /// <param name="folder">The folder; null to name files in full.</param>
    /// <returns>The text, UTF-8.</returns>
    /// <exception cref="InvalidOperationException">A proof came from no file.</exception>
    public byte[] ToJson(string? folder)
    {
        var tree = new JsonTree();
        tree.Add("program", Program);
        tree.Add("function", Function.Name);
        var unsigned = Asked(Function).Where(i => i.Role == AbiInputRole.Signature).GroupBy(SignatureOf, StringComparer.Ordinal)
            .Where(g => g.All(i => values[i.Name] == Scalar.Zero(i.Type.Kind))).Select(g => g.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var asked in Function.InnerProofs)
        {
            var path = proofs.GetValueOrDefault(asked.Name)?.Path ?? throw new InvalidOperationException($"{asked.Name} came from no file: save the proof, and load it from there");
            tree.Add(asked.Name, folder is null ? path : Path.GetRelativePath(Path.GetFullPath(folder), path).Replace('\\', '/'));
        }

        foreach (var input in Asked(Function).Where(i => i.Role != AbiInputRole.InnerStatement && (i.Role != AbiInputRole.Signature || !unsigned.Contains(SignatureOf(i)))))
        {
            tree.Add(input.Name, input.Type, values[input.Name]);
        }

        return tree.ToUtf8();
    }

    // "by[0]" of "by[0].chains[3]".
    private static string SignatureOf(AbiInput input) => input.Name[..input.Name.IndexOf('.', StringComparison.Ordinal)];

    private static IEnumerable<AbiInput> Asked(AbiFunction function) => function.Inputs.Where(input => input.Role != AbiInputRole.Program);

    private static TenorError UnknownFunction(Abi abi, string name) =>
        new(TenorErrorKind.Mismatch, $"{abi.Name} has no '{name}'; it has {string.Join(", ", abi.Functions.Select(f => f.Name))}");
}
