using System.Collections.Immutable;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Compiler.Lowering;

/// <summary>What transitions and statements have in common: inputs, arguments, publics.</summary>
internal static class EntryPoint
{
    /// <summary>An input of all the values its layout can hold.</summary>
    public static IrValue Input(IrBuilder builder, string name, IrInputRole role, ScalarLayout layout, ScalarFormat format) =>
        builder.Input(new(name, role, new(layout.Kind, layout.Interval), layout, format));

    /// <summary>A point in time.</summary>
    public static IrValue Time(IrBuilder builder, string name, IrInputRole role) =>
        builder.Input(new(name, role, IrType.Integer(new(0, NumberType.LastSecond)), ScalarLayout.Time, ScalarFormat.Time));

    /// <summary>A salt.</summary>
    public static IrValue Salt(IrBuilder builder, string name) => Input(builder, name, IrInputRole.Salt, ScalarLayout.Digest, ScalarFormat.Digest);

    /// <summary>A value whose scalars are inputs.</summary>
    public static Value Value(IrBuilder builder, TenorType type, IEnumerable<Leaf> leaves, IrInputRole role)
    {
        var inputs = leaves.ToList();
        var value = Shape.Build(type, new(inputs.Select(l => builder.Input(new(l.Path, role, l.Type, l.Layout, l.Format)))));
        Shape.RequireCanonical(builder, type, value, inputs.Count == 0 ? "" : inputs[0].Path);
        return value;
    }

    /// <summary>The arguments, the parts of the public ones in order, and those of all.</summary>
    public static (ImmutableDictionary<LocalSymbol, Value> Locals, List<IrPart> Public, List<IrPart> All) Arguments(IrBuilder builder, ImmutableArray<LocalSymbol> parameters)
    {
        var locals = Scope.Empty.Locals.ToBuilder();
        var (parts, all) = (new List<IrPart>(), new List<IrPart>());
        foreach (var parameter in parameters)
        {
            var leaves = Shape.LeavesOf(parameter.Type, $"args.{parameter.Name}").ToList();
            var role = parameter.Type is ProofType ? IrInputRole.InnerStatement : parameter.IsPublic ? IrInputRole.PublicArgument : IrInputRole.PrivateArgument;
            var value = Value(builder, parameter.Type, leaves, role);
            locals.Add(parameter, value);
            var own = leaves.Zip(Shape.ScalarsOf(parameter.Type, value), (l, s) => new IrPart(s, l.Layout)).ToList();
            all.AddRange(own);
            if (parameter.IsPublic)
                parts.AddRange(own);
        }

        return (locals.ToImmutable(), parts, all);
    }

    /// <summary>A digest of the public statement.</summary>
    public static IrPublic Digest(string name, IrValue value) => new(name, value, ScalarLayout.Digest);

    /// <summary>An interval of time that is empty or goes back.</summary>
    public static IrFailure TimeFailure(string first, IrValue left, string between, IrValue right) => new(
        FailureKind.Time,
        ErrorSymbol.TimeReversed.Name,
        [new MessagePart(first), new MessagePart("", left, null, ScalarFormat.Time), new MessagePart(between), new MessagePart("", right, null, ScalarFormat.Time)]);
}
