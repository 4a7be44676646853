using ProvingLayer.Compiler.Ir;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Language.Symbols;

namespace ProvingLayer.Compiler.Lowering;

/// <summary>
/// The paths of a machine's record, and its root:
/// instance = H(name, H(pub fixed), H(private fixed, salt)); root = H(instance, H(tag, sequence, last notBefore), H(pub rest), H(private rest, salt)).
/// The rest is what steps change: <c>mut</c> fields and vaults in source order, then the fields of all states. Empty parts are left out, and
/// the salt where nothing is private.
/// </summary>
internal sealed class RecordLayout(MachineSymbol machine)
{
    public const string State = "record.state";
    public const string Sequence = "record.sequence";
    public const string LastNotBefore = "record.lastNotBefore";
    public const string FixedSalt = "record.salt.fixed";
    public const string RestSalt = "record.salt.rest";
    public const string NextSalt = "salt.next";

    /// <summary>Whether a salt hides the fixed fields.</summary>
    public bool HasFixedSalt { get; } = machine.Data.Any(f => f.IsFixed && !f.IsPublic);

    /// <summary>Whether a salt hides what can change.</summary>
    public bool HasRestSalt { get; } = machine.Data.Concat(machine.States.SelectMany(s => s.Fields)).Any(f => IsRest(f, machine) && !f.IsPublic);

    /// <summary>The scalars of a data field.</summary>
    public static IEnumerable<Leaf> LeavesOf(FieldSymbol field) => Shape.LeavesOf(field.Type, $"record.data.{field.Name}");

    /// <summary>The scalars of a state's field.</summary>
    public static IEnumerable<Leaf> LeavesOf(StateSymbol state, FieldSymbol field) => Shape.LeavesOf(field.Type, $"record.states.{state.Name}.{field.Name}");

    /// <summary>The instance's digest.</summary>
    /// <param name="builder">Writes it.</param>
    /// <param name="scalarsOf">The scalars of a data field.</param>
    /// <param name="salt">The salt, if there is one.</param>
    public IrValue Instance(IrBuilder builder, Func<FieldSymbol, IEnumerable<IrValue>> scalarsOf, IrValue? salt)
    {
        var parts = new List<IrPart> { Digest(builder.Constant(Digests.OfName(machine.QualifiedName))) };
        AddHash(builder, parts, DomainTag.PublicFixed, Parts(isPublic: true), null);
        AddHash(builder, parts, DomainTag.PrivateFixed, Parts(isPublic: false), salt);
        return builder.Hash(DomainTag.Instance, [.. parts]);

        IEnumerable<IrPart> Parts(bool isPublic) => machine.Data
            .Where(f => f.IsFixed && f.IsPublic == isPublic)
            .SelectMany(f => Pair(LeavesOf(f), scalarsOf(f)));
    }

    /// <summary>The record's root.</summary>
    /// <param name="builder">Writes it.</param>
    /// <param name="instance">The instance's digest.</param>
    /// <param name="content">What steps change.</param>
    public IrValue Root(IrBuilder builder, IrValue instance, RecordContent content)
    {
        var header = builder.Hash(
            DomainTag.Header,
            new(content.State.Tag, ScalarLayout.Tag),
            new(content.Sequence, ScalarLayout.Sequence),
            new(content.LastNotBefore, ScalarLayout.Time));
        var parts = new List<IrPart> { Digest(instance), Digest(header) };
        AddHash(builder, parts, DomainTag.PublicRest, Parts(isPublic: true), null);
        AddHash(builder, parts, DomainTag.PrivateRest, Parts(isPublic: false), content.Salt);
        return builder.Hash(DomainTag.Record, [.. parts]);

        IEnumerable<IrPart> Parts(bool isPublic) => Rest(content)
            .Where(p => p.Field.IsPublic == isPublic)
            .SelectMany(p => Pair(p.Leaves, p.Scalars));
    }

    /// <summary>What steps change, field by field, in the order of the record.</summary>
    public IEnumerable<(FieldSymbol Field, IEnumerable<Leaf> Leaves, IEnumerable<IrValue> Scalars)> Rest(RecordContent content)
    {
        foreach (var field in machine.Data.Where(f => !f.IsFixed))
            yield return (field, LeavesOf(field), content.ScalarsOf(field));
        foreach (var state in machine.States)
        {
            foreach (var field in state.Fields)
                yield return (field, LeavesOf(state, field), Shape.ScalarsOf(field.Type, content.State.Fields[state.Tag][field.Ordinal]));
        }
    }

    private static bool IsRest(FieldSymbol field, MachineSymbol machine) => !machine.Data.Contains(field) || !field.IsFixed;

    private static IEnumerable<IrPart> Pair(IEnumerable<Leaf> leaves, IEnumerable<IrValue> scalars) =>
        leaves.Zip(scalars, (leaf, scalar) => new IrPart(scalar, leaf.Layout));

    private static IrPart Digest(IrValue value) => new(value, ScalarLayout.Digest);

    private static void AddHash(IrBuilder builder, List<IrPart> parts, DomainTag tag, IEnumerable<IrPart> content, IrValue? salt)
    {
        IrPart[] all = salt is { } s ? [.. content, Digest(s)] : [.. content];
        if (all.Length > 0)
            parts.Add(Digest(builder.Hash(tag, all)));
    }
}

/// <summary>What steps change of a record.</summary>
/// <param name="State">State tag and state fields.</param>
/// <param name="Sequence">How many steps were made.</param>
/// <param name="LastNotBefore">notBefore of the last step; 0 before the first.</param>
/// <param name="ScalarsOf">The scalars of a <c>mut</c> field or vault.</param>
/// <param name="Salt">The salt, if there is one.</param>
internal sealed record RecordContent(
    StateValue State, IrValue Sequence, IrValue LastNotBefore, Func<FieldSymbol, IEnumerable<IrValue>> ScalarsOf, IrValue? Salt);
