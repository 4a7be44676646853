using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using ProvingLayer.Constraints.Artifacts;
using ProvingLayer.Constraints.Encoding;
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

    private WitnessInput(string program, AbiFunction function, ImmutableDictionary<string, Scalar> values) =>
        (Program, Function, this.values) = (program, function, values);

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

    /// <summary>Inputs without the witnesses of maps, which are found as the transition runs.</summary>
    internal static WitnessInput WithoutWitnesses(Abi abi, string function, IReadOnlyDictionary<string, Scalar> values) => Of(abi, function, values, isPartial: true);

    /// <summary>The same inputs with other values for some.</summary>
    internal WitnessInput With(IReadOnlyDictionary<string, Scalar> others) => others.Count == 0 ? this : new(Program, Function, values.SetItems(others));

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
            : new(abi.Name, entry, given.ToImmutable());
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

        var values = ImmutableDictionary.CreateBuilder<string, Scalar>(StringComparer.Ordinal);
        var unsigned = Asked(entry).Where(i => i.Role == AbiInputRole.Signature).GroupBy(SignatureOf, StringComparer.Ordinal)
            .Where(g => !g.Any(i => json.Has(JsonScalars.Normal(i.Name)))).Select(g => g.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var asked in Asked(entry))
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
        input = error is null ? new(program, entry, values.ToImmutable()) : null;
        return error is null;
    }

    /// <summary>Writes the inputs as JSON that <see cref="TryParse"/> reads.</summary>
    /// <returns>The text, UTF-8.</returns>
    public byte[] ToJson()
    {
        var tree = new JsonTree();
        tree.Add("program", Program);
        tree.Add("function", Function.Name);
        var unsigned = Asked(Function).Where(i => i.Role == AbiInputRole.Signature).GroupBy(SignatureOf, StringComparer.Ordinal)
            .Where(g => g.All(i => values[i.Name] == Scalar.Zero(i.Type.Kind))).Select(g => g.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var input in Asked(Function).Where(i => i.Role != AbiInputRole.Signature || !unsigned.Contains(SignatureOf(i))))
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
