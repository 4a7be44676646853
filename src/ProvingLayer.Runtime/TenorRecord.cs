using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Artifacts;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Runtime.Files;
using ProvingLayer.Runtime.Json;

namespace ProvingLayer.Runtime;

/// <summary>
/// A machine's record: its data, state, counters and salts, by path. It is private, all of it: its text form says nothing of its values. Two records
/// are equal if all their values are.
/// </summary>
public sealed class TenorRecord : IEquatable<TenorRecord>
{
    /// <summary>The most bytes a record's file may have.</summary>
    public const int MaxFileSize = 16 * 1024 * 1024;

    private const string StatePath = "record.state";
    private const string SequencePath = "record.sequence";
    private const string LastNotBeforePath = "record.lastNotBefore";
    private const string NextSalt = "salt.next";

    private static readonly string[] s_salts = ["record.salt.fixed", "record.salt.rest"];

    private readonly ImmutableSortedDictionary<string, Scalar> values;

    private TenorRecord(string machine, string interfaceHash, ImmutableSortedDictionary<string, Scalar> values) =>
        (Machine, InterfaceHash, this.values) = (machine, interfaceHash, values);

    /// <summary>The machine's name.</summary>
    public string Machine { get; }

    /// <summary>The digest of the machine's interface.</summary>
    public string InterfaceHash { get; }

    /// <summary>The number of the state it is in: 0 is <c>init</c>.</summary>
    public int State => (int)values[StatePath].Number;

    /// <summary>How many steps were made.</summary>
    public long Sequence => (long)values[SequencePath].Number;

    /// <summary>The values by path.</summary>
    public IReadOnlyDictionary<string, Scalar> Values => values;

    /// <summary>The record of a machine that has made no step, with salts that nobody can guess.</summary>
    /// <param name="machine">The machine's name.</param>
    /// <param name="interfaceHash">The digest of its interface.</param>
    /// <param name="fields">The values of its data and, zero, of its states.</param>
    /// <returns>The record.</returns>
    public static TenorRecord New(string machine, string interfaceHash, IEnumerable<KeyValuePair<string, Scalar>> fields)
    {
        var values = ImmutableSortedDictionary.CreateBuilder<string, Scalar>(StringComparer.Ordinal);
        values.AddRange(fields);
        foreach (var path in new[] { StatePath, SequencePath, LastNotBeforePath })
        {
            values.Add(path, Scalar.Of(0));
        }

        foreach (var path in s_salts)
        {
            values.Add(path, Scalar.Of(DrawSalt()));
        }

        return new(machine, interfaceHash, values.ToImmutable());
    }

    /// <summary>Reads a record's file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The record.</returns>
    /// <exception cref="TenorException">The file cannot be read, or holds no record.</exception>
    public static TenorRecord Load(string path) =>
        DurableFile.TryRead(path, MaxFileSize, out var bytes, out var error) && TryParse(bytes, path, out var record, out error) ? record : throw new TenorException(error);

    /// <summary>Reads a record from JSON.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <param name="record">The record.</param>
    /// <param name="error">What is wrong.</param>
    /// <returns>Whether it was read.</returns>
    public static bool TryParse(byte[] utf8, string? file, [NotNullWhen(true)] out TenorRecord? record, [NotNullWhen(false)] out TenorError? error)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        record = null;
        if (!JsonScalars.TryParse(utf8, file, out var json, out error)
            || !json.TryTakeText("machine", out var machine, out error)
            || !json.TryTakeText("interface", out var interfaceHash, out error))
        {
            return false;
        }

        var values = ImmutableSortedDictionary.CreateBuilder<string, Scalar>(StringComparer.Ordinal);
        for (var i = 0; json.Has($"values.{i}"); i++)
        {
            if (!json.TryTakeText($"values.{i}.path", out var path, out error) || !json.TryTakeText($"values.{i}.kind", out var kind, out error))
            {
                return false;
            }

            var type = kind switch { "number" => s_number, "boolean" => s_boolean, "digest" => s_digest, _ => null };
            if (type is null || values.ContainsKey(path))
            {
                error = new(TenorErrorKind.Json, $"{path} stands there twice, or is of no kind that there is", file);
                return false;
            }

            if (!json.TryTake($"values.{i}.value", type, out var value, out error))
            {
                error = error with { Message = $"the value of {path} cannot be read" }; // not what stands there: it is private
                return false;
            }

            values.Add(path, value);
        }

        error = json.Unknown([]);
        if (error is null && !(Small(StatePath, ushort.MaxValue) && Small(SequencePath, long.MaxValue) && Small(LastNotBeforePath, long.MaxValue)))
        {
            error = new(TenorErrorKind.Json, "this is no machine's record: its state or a counter is missing or out of range", file);
        }

        record = error is null ? new(machine, interfaceHash, values.ToImmutable()) : null;
        return error is null;

        bool Small(string path, long most) => values.TryGetValue(path, out var v) && v.Kind == ScalarKind.Integer && v.Number.Sign >= 0 && v.Number <= most;
    }

    /// <summary>Writes the record as JSON. It holds private values: keep it as you keep those.</summary>
    /// <returns>The text, UTF-8.</returns>
    public byte[] ToJson()
    {
        var tree = new JsonTree();
        tree.Add("machine", Machine);
        tree.Add("interface", InterfaceHash);
        var i = 0;
        foreach (var (path, value) in values)
        {
            tree.Add($"values.{i}.path", path);
            tree.Add($"values.{i}.kind", value.Kind switch { ScalarKind.Integer => "number", ScalarKind.Boolean => "boolean", _ => "digest" });
            tree.Add($"values.{i++}.value", value.ToString(), value.Kind == ScalarKind.Boolean);
        }

        return tree.ToUtf8();
    }

    /// <summary>Writes the record's file, whole or not at all.</summary>
    /// <param name="path">The file.</param>
    public void Save(string path) => DurableFile.Write(path, ToJson());

    /// <inheritdoc/>
    public bool Equals(TenorRecord? other) =>
        other is not null && Machine == other.Machine && InterfaceHash == other.InterfaceHash && values.SequenceEqual(other.values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TenorRecord);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Machine, Sequence, State);

    /// <inheritdoc/>
    public override string ToString() => $"a record of {Machine} (private)";

    /// <summary>The inputs of a transition that starts from this record.</summary>
    internal WitnessInput InputOf(Abi abi, AbiFunction function, IReadOnlyDictionary<string, Scalar> arguments, long notBefore, long notAfter)
    {
        var inputs = function.Inputs.Where(i => i.Role != AbiInputRole.Program).ToDictionary(i => i.Name, i => i.Role switch
        {
            AbiInputRole.NotBefore => Scalar.Of(notBefore),
            AbiInputRole.NotAfter => Scalar.Of(notAfter),
            AbiInputRole.Salt when i.Name == NextSalt => Scalar.Of(DrawSalt()),
            AbiInputRole.Record or AbiInputRole.Salt => Value(values, i.Name),
            _ => Value(arguments, i.Name),
        });
        return WitnessInput.Of(abi, function.Name, inputs);

        static Scalar Value(IReadOnlyDictionary<string, Scalar> from, string path) => from.TryGetValue(path, out var value)
            ? value
            : throw new TenorException(new(TenorErrorKind.Mismatch, $"{path} is missing: the program is not the one that these bindings were generated for"));
    }

    /// <summary>The record after a step, from what the step's run reports.</summary>
    internal TenorRecord After(AbiFunction function, IReadOnlyDictionary<string, Scalar> outputs)
    {
        var after = values.ToBuilder();
        foreach (var output in function.Outputs.Where(o => o.Role == AbiOutputRole.Record))
        {
            after[output.Name] = outputs[output.Name];
        }

        return new(Machine, InterfaceHash, after.ToImmutable());
    }

    private static readonly AbiScalar s_number = new(Interval.Signed(320), ScalarLayout.Signed(128), ScalarFormat.Integer);
    private static readonly AbiScalar s_boolean = new(default, ScalarLayout.Boolean, ScalarFormat.Boolean);
    private static readonly AbiScalar s_digest = new(default, ScalarLayout.Digest, ScalarFormat.Digest);

    private static Digest DrawSalt()
    {
        Span<KoalaBear> elements = stackalloc KoalaBear[Digest.Length];
        for (var i = 0; i < elements.Length; i++)
        {
            elements[i] = KoalaBear.FromCanonical((uint)RandomNumberGenerator.GetInt32((int)KoalaBear.Modulus));
        }

        return new(elements);
    }
}
