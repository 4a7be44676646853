using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using ProvingLayer.Algebra;
using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Lowering;
using ProvingLayer.Compiler.Testing;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Signatures;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Compiler.Scenarios;

/// <summary>Reads the values of a scenario: strings are literals of the language, arrays and objects are arrays and structs. Every error names its place.</summary>
internal sealed class ScenarioReader(BoundProgram program)
{
    /// <summary>The data that test keys have signed.</summary>
    public List<SignedDatum> Data { get; } = [];

    /// <summary>Keys that were named.</summary>
    public ImmutableDictionary<Digest, string>.Builder Names { get; } = ImmutableDictionary.CreateBuilder<Digest, string>();

    /// <summary>The properties of an object, all of which must be allowed.</summary>
    public static ScenarioError? Check(JsonElement element, string path, params ReadOnlySpan<string> allowed)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return new(path, "an object is expected");
        foreach (var property in element.EnumerateObject())
        {
            if (!allowed.Contains(property.Name))
                return new(Join(path, property.Name), $"unknown; expected are {string.Join(", ", allowed.ToArray())}");
        }

        return null;
    }

    /// <summary>A property that is a text.</summary>
    public static (string? Text, ScenarioError? Error) Text(JsonElement element, string path, string name, bool isRequired)
    {
        if (!element.TryGetProperty(name, out var property))
            return (null, isRequired ? new(Join(path, name), "missing") : null);
        return property.ValueKind == JsonValueKind.String
            ? (property.GetString(), null)
            : (null, new(Join(path, name), "a string is expected"));
    }

    /// <summary>The scalars of values given by name.</summary>
    /// <param name="element">An object.</param>
    /// <param name="path">Its path.</param>
    /// <param name="asked">Names and types, and values for those that may be left out.</param>
    public (Dictionary<string, Scalar[]>? Values, ScenarioError? Error) Fields(
        JsonElement element, string path, IReadOnlyList<(string Name, TenorType Type, BoundExpression? Default)> asked)
    {
        if (Check(element, path, [.. asked.Select(a => a.Name)]) is { } unknown)
            return (null, unknown);
        var values = new Dictionary<string, Scalar[]>(StringComparer.Ordinal);
        foreach (var (name, type, fallback) in asked)
        {
            var scalars = new List<Scalar>();
            ScenarioError? error;
            if (element.TryGetProperty(name, out var property))
                error = Read(property, Join(path, name), type, scalars);
            else if (fallback is not null)
                error = Evaluate(fallback, Join(path, name), scalars);
            else
                error = new(Join(path, name), "missing");
            if (error is not null)
                return (null, error);
            values.Add(name, [.. scalars]);
        }

        return (values, null);
    }

    /// <summary>A value of a type.</summary>
    public ScenarioError? Read(JsonElement element, string path, TenorType type, List<Scalar> scalars)
    {
        switch (type)
        {
            case StructType structure:
                var (fields, error) = Fields(element, path, [.. structure.Fields.Select(f => (f.Name, f.Type, (BoundExpression?)null))]);
                foreach (var field in structure.Fields)
                    scalars.AddRange(fields?[field.Name] ?? []);
                return error;
            case ArrayType array:
                return Elements(element, path, [.. Enumerable.Repeat(array.Element, array.Length)], scalars);
            case OptionType option:
                var isSome = element.ValueKind != JsonValueKind.Null;
                scalars.Add(Scalar.Of(isSome));
                return isSome ? Read(element, path, option.Element, scalars) : Zeros(option.Element, scalars);
            case EnumType choice:
                return Case(element, path, choice, scalars);
            case SignedType signed:
                return Signed(element, path, signed, scalars);
            case TupleType tuple:
                return Elements(element, path, tuple.Elements, scalars);
            default:
                var text = element.ValueKind switch
                {
                    JsonValueKind.String => element.GetString(),
                    JsonValueKind.True => "true",
                    JsonValueKind.False => "false",
                    _ => null,
                };
                if (text is null)
                    return new(path, "a string is expected, with the value written as in the language: \"80.00\", \"100 AAPL\", \"K.alice\"");
                var bag = new DiagnosticBag();
                if (program.ReadValue(text, type, bag) is not { } expression || bag.HasErrors)
                    return new(path, bag.ToSorted().FirstOrDefault(d => d.Severity == Severity.Error)?.Message ?? $"not a value of {type}");
                if (expression is BoundTestKey key)
                    Names[Digests.OfTestKey(key.Name)] = text;
                return Evaluate(expression, path, scalars);
        }
    }

    /// <summary>The test keys that sign a step; none where it has no <c>by</c>.</summary>
    public (List<SigningTree>? Signers, ScenarioError? Error) Signers(JsonElement element, string path)
    {
        var signers = new List<SigningTree>();
        if (!element.TryGetProperty("by", out var by))
            return (signers, null);
        if (by.ValueKind != JsonValueKind.Array)
            return (null, new(Join(path, "by"), "an array of test keys is expected: [\"K.alice\"]"));
        foreach (var signer in by.EnumerateArray())
        {
            var at = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Join(path, "by")}[{signers.Count}]");
            if (signer.ValueKind != JsonValueKind.String || program.ReadValue(signer.GetString()!, DigestType.Key, new()) is not BoundTestKey key)
                return (null, new(at, "a test key is expected: \"K.alice\""));
            Names[Digests.OfTestKey(key.Name)] = signer.GetString()!;
            signers.Add(TestKeys.Of(key.Name));
        }

        return (signers, null);
    }

    // {"by": "K.feed", "value": …}; without "by" it is signed later, or not at all.
    private ScenarioError? Signed(JsonElement element, string path, SignedType type, List<Scalar> scalars)
    {
        if (Check(element, path, "by", "value") is { } unknown)
            return unknown;
        if (!element.TryGetProperty("value", out var value))
            return new(Join(path, "value"), "missing");
        var content = new List<Scalar>();
        if (Read(value, Join(path, "value"), type.Element, content) is { } wrong)
            return wrong;
        scalars.AddRange(content);
        if (!element.TryGetProperty("by", out var by))
            return null;
        if (by.ValueKind != JsonValueKind.String || program.ReadValue(by.GetString()!, DigestType.Key, new()) is not BoundTestKey key)
            return new(Join(path, "by"), "a test key is expected: \"K.feed\"");
        Names[Digests.OfTestKey(key.Name)] = by.GetString()!;
        Data.Add(new(TestKeys.Of(key.Name), SignedData.MessageOf(type.Element, content)));
        return null;
    }

    /// <summary>A path one step further.</summary>
    public static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    /// <summary>A variant: its name, or <c>{"Name": {…}}</c> where it has fields.</summary>
    private ScenarioError? Case(JsonElement element, string path, EnumType choice, List<Scalar> scalars)
    {
        var name = element.ValueKind switch
        {
            JsonValueKind.String => element.GetString()!,
            JsonValueKind.Object when element.EnumerateObject().Count() == 1 => element.EnumerateObject().First().Name,
            _ => "",
        };
        var index = choice.IndexOf(name);
        if (index < 0)
            return new(path, $"a variant of {choice.Name} is expected: {string.Join(", ", choice.Cases.Select(c => c.Name))}; one with fields as {{\"Name\": {{…}}}}");
        if (choice.Cases[index].Fields.IsEmpty && element.ValueKind != JsonValueKind.String)
            return new(path, $"{name} has no fields: \"{name}\" is expected");
        scalars.Add(Scalar.Of(index));
        for (var i = 0; i < choice.Cases.Length; i++)
        {
            var fields = choice.Cases[i].Fields;
            if (i != index || fields.IsEmpty)
            {
                foreach (var field in fields)
                    Zeros(field.Type, scalars);
                continue;
            }

            if (element.ValueKind != JsonValueKind.Object)
                return new(path, $"{name} has fields: {{\"{name}\": {{…}}}} is expected");
            var (values, error) = Fields(element.EnumerateObject().First().Value, Join(path, name), [.. fields.Select(f => (f.Name, f.Type, (BoundExpression?)null))]);
            if (values is null)
                return error;
            foreach (var field in fields)
                scalars.AddRange(values[field.Name]);
        }

        return null;
    }

    private static ScenarioError? Zeros(TenorType type, List<Scalar> scalars)
    {
        scalars.AddRange(Shape.LeavesOf(type, "").Select(l => Scalar.Zero(l.Type.Kind)));
        return null;
    }

    private static ScenarioError? Evaluate(BoundExpression expression, string path, List<Scalar> scalars)
    {
        var (value, failure) = TestBody.Evaluate(expression, World.Empty);
        if (value is null)
            return new(path, failure!.Message);
        scalars.AddRange(value.Scalars());
        return null;
    }

    private ScenarioError? Elements(JsonElement element, string path, ImmutableArray<TenorType> types, List<Scalar> scalars)
    {
        if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() != types.Length)
            return new(path, string.Create(CultureInfo.InvariantCulture, $"an array of {types.Length} is expected"));
        var i = 0;
        foreach (var item in element.EnumerateArray())
        {
            if (Read(item, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), types[i], scalars) is { } error)
                return error;
            i++;
        }

        return null;
    }
}
