using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Artifacts;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Maps;
using ProvingLayer.Runtime.Files;
using ProvingLayer.Runtime.Json;
using ProvingLayer.Runtime.Maps;
using ProvingLayer.Runtime.State;

namespace ProvingLayer.Runtime;

/// <summary>
/// A machine's record: its data, state, counters and salts, by path, and the entries of its maps where it holds them. It is private, all of it: its text form
/// says nothing of its values. Two records are equal if all their values are; a map's value is its root.
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

    private TenorRecord(string interfaceHash, StateRecord content) => (InterfaceHash, Content) = (interfaceHash, content);

    /// <summary>The record as a store keeps it: a <see cref="StateChange"/> takes this object.</summary>
    public StateRecord Content { get; }

    /// <summary>The machine's name.</summary>
    public string Machine => Content.Machine;

    /// <summary>The digest of the machine's interface.</summary>
    public string InterfaceHash { get; }

    /// <summary>The number of the state it is in: 0 is <c>init</c>.</summary>
    public int State => (int)Fields[StatePath].Number;

    /// <summary>How many steps were made.</summary>
    public long Sequence => (long)Fields[SequencePath].Number;

    /// <summary>The values by path.</summary>
    public IReadOnlyDictionary<string, Scalar> Values => Fields;

    private ImmutableSortedDictionary<string, Scalar> Fields => Content.Fields;

    /// <summary>A record out of a store or of another ledger.</summary>
    /// <param name="content">The record; of a map whose entries it does not hold a witness source has to know the leaves.</param>
    /// <param name="interfaceHash">The digest of the machine's interface.</param>
    /// <returns>The record.</returns>
    /// <exception cref="TenorException">It is no machine's record, or holds a map with another root.</exception>
    public static TenorRecord Of(StateRecord content, string interfaceHash)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(interfaceHash);
        return FaultOf(content) is { } fault ? throw new TenorException(new(TenorErrorKind.Mismatch, fault)) : new(interfaceHash, content);
    }

    /// <summary>The same machine with another content.</summary>
    internal TenorRecord With(StateRecord content) => new(InterfaceHash, content);

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

        return new(interfaceHash, StateRecord.Empty(machine) with { Fields = values.ToImmutable() });
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

        if (!RecordMaps.TryTake(json, file, out var maps, out error) || (error = json.Unknown([])) is not null)
        {
            return false;
        }

        var content = new StateRecord(machine, values.ToImmutable(), maps);
        error = FaultOf(content) is { } fault ? new(TenorErrorKind.Json, fault, file) : null;
        record = error is null ? new(interfaceHash, content) : null;
        return error is null;
    }

    /// <summary>Writes the record as JSON. It holds private values: keep it as you keep those.</summary>
    /// <returns>The text, UTF-8.</returns>
    public byte[] ToJson()
    {
        var tree = new JsonTree();
        tree.Add("machine", Machine);
        tree.Add("interface", InterfaceHash);
        var i = 0;
        foreach (var (path, value) in Fields)
        {
            tree.Add($"values.{i}.path", path);
            tree.Add($"values.{i}.kind", value.Kind switch { ScalarKind.Integer => "number", ScalarKind.Boolean => "boolean", _ => "digest" });
            tree.Add($"values.{i++}.value", value.ToString(), value.Kind == ScalarKind.Boolean);
        }

        RecordMaps.Add(tree, Content.Maps);
        return tree.ToUtf8();
    }

    /// <summary>Writes the record's file, whole or not at all.</summary>
    /// <param name="path">The file.</param>
    public void Save(string path) => DurableFile.Write(path, ToJson());

    /// <inheritdoc/>
    public bool Equals(TenorRecord? other) =>
        other is not null && Machine == other.Machine && InterfaceHash == other.InterfaceHash && Fields.SequenceEqual(other.Fields);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TenorRecord);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Machine, Sequence, State);

    /// <inheritdoc/>
    public override string ToString() => $"a record of {Machine} (private)";

    /// <summary>The inputs of a transition that starts from this record, without the witnesses of maps.</summary>
    internal WitnessInput InputOf(Abi abi, AbiFunction function, IReadOnlyDictionary<string, Scalar> arguments, IReadOnlyDictionary<string, TenorInnerProof> proofs, long notBefore, long notAfter)
    {
        foreach (var (path, map) in Content.Maps)
        {
            CheckEmptyWhereMade(function, path, map.Count == 0);
        }

        var inputs = function.Inputs.Where(i => i.Role is not (AbiInputRole.Program or AbiInputRole.MapValue or AbiInputRole.MapSibling or AbiInputRole.InnerStatement)).ToDictionary(i => i.Name, i => i.Role switch
        {
            AbiInputRole.NotBefore => Scalar.Of(notBefore),
            AbiInputRole.NotAfter => Scalar.Of(notAfter),
            AbiInputRole.Salt when i.Name == NextSalt => Scalar.Of(DrawSalt()),
            AbiInputRole.Signature => Scalar.Zero(i.Type.Kind),
            AbiInputRole.Record or AbiInputRole.Salt => Value(Fields, i.Name),
            _ => Value(arguments, i.Name),
        });
        return WitnessInput.WithoutWitnesses(abi, function.Name, inputs, proofs);

        static Scalar Value(IReadOnlyDictionary<string, Scalar> from, string path) => from.TryGetValue(path, out var value)
            ? value
            : throw new TenorException(new(TenorErrorKind.Mismatch, $"{path} is missing: the program is not the one that these bindings were generated for"));
    }

    // A transition that makes the machine takes no map from the record: there it is the empty one, by the circuit.
    private static void CheckEmptyWhereMade(AbiFunction function, string path, bool isEmpty)
    {
        if (!isEmpty && function.FindInput(path) is null)
        {
            throw new TenorException(new(TenorErrorKind.Mismatch, $"{function.Name} makes the machine, whose {path} is empty then: give the record its map after that step"));
        }
    }

    /// <summary>What a transition needs to know of the maps: those that the record holds are known.</summary>
    internal Dictionary<string, OpenedMap> Open(AbiFunction function)
    {
        var opened = new Dictionary<string, OpenedMap>(StringComparer.Ordinal);
        foreach (var step in function.MapSteps)
        {
            var root = Fields.TryGetValue(step.Map, out var field) && field.Kind == ScalarKind.Digest
                ? field.Digest
                : throw new TenorException(new(TenorErrorKind.Mismatch, $"{step.Map} is missing: the program is not the one that these bindings were generated for"));
            CheckEmptyWhereMade(function, step.Map, root == EmptySubtrees.Of(step.Shape.Depth));
            opened.TryAdd(step.Map, new(step.Shape, root, index => WitnessOf(step.Map, step.Shape, index)));
        }

        return opened;
    }

    /// <summary>A leaf of a map with its path, if the record holds the map.</summary>
    internal MapWitness? WitnessOf(string path, MapShape shape, UInt128 index)
    {
        var map = Content.Maps.GetValueOrDefault(path) ?? (Fields[path].Digest == EmptySubtrees.Of(shape.Depth) ? SparseMerkleMap.Empty(shape) : null);
        return map is null ? null : new(map.TryGet(index, out var entry) ? entry : null, map.PathOf(index));
    }

    /// <summary>The record after a step, from what the step's run reports and writes.</summary>
    internal TenorRecord After(AbiFunction function, IReadOnlyDictionary<string, Scalar> outputs, ImmutableArray<MapWrite> writes)
    {
        var after = Fields.ToBuilder();
        foreach (var output in function.Outputs.Where(o => o.Role == AbiOutputRole.Record))
        {
            after[output.Name] = outputs[output.Name];
        }

        var maps = Content.Maps;
        foreach (var opened in function.MapSteps.DistinctBy(step => step.Map))
        {
            if (WitnessOf(opened.Map, opened.Shape, 0) is null)
            {
                continue; // its entries are elsewhere
            }

            var map = maps.GetValueOrDefault(opened.Map) ?? SparseMerkleMap.Empty(opened.Shape);
            foreach (var write in writes.Where(w => w.Map == opened.Map))
            {
                map = write.Entry is { } entry ? map.With(entry) : map.Without(write.Index);
            }

            maps = map.Root == after[opened.Map].Digest
                ? maps.SetItem(opened.Map, map)
                : throw new InvalidOperationException($"compiler bug: {opened.Map} is not what {function.Name} made of it");
        }

        return new(InterfaceHash, new(Machine, after.ToImmutable(), maps));
    }

    // What is wrong with a record that somebody gave.
    private static string? FaultOf(StateRecord content)
    {
        if (!(Small(StatePath, ushort.MaxValue) && Small(SequencePath, long.MaxValue) && Small(LastNotBeforePath, long.MaxValue)))
        {
            return "this is no machine's record: its state or a counter is missing or out of range";
        }

        foreach (var (path, map) in content.Maps)
        {
            if (!content.Fields.TryGetValue(path, out var root) || root.Kind != ScalarKind.Digest || root.Digest != map.Root)
            {
                return $"the map {path} is not the one whose root the record has";
            }
        }

        return null;

        bool Small(string path, long most) => content.Fields.TryGetValue(path, out var v) && v.Kind == ScalarKind.Integer && v.Number.Sign >= 0 && v.Number <= most;
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
