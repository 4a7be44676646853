using System.Collections.Immutable;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Compiler.Lowering;

/// <content>
/// Enums and optional values: a tag, of <c>T?</c> whether there is a value, then the fields of all cases, zeros for those it is not. So equal
/// values have equal scalars, and no field is read as another.
/// </content>
internal static partial class Shape
{
    /// <summary>A value all of whose scalars are zero.</summary>
    public static Value Zero(IrBuilder builder, TenorType type) =>
        Build(type, new(LeavesOf(type, "").Select(l => builder.Constant(Scalar.Zero(l.Type.Kind)))));

    /// <summary>A value of one case.</summary>
    public static Value Choice(IrBuilder builder, ChoiceType type, int number, IReadOnlyList<Value> fields)
    {
        if (type is OptionType option)
            return new AggregateValue([new ScalarValue(builder.Constant(number == 1)), number == 1 ? fields[0] : Zero(builder, option.Element)]);
        var cases = type.Variants.Select((v, i) => new AggregateValue(i == number ? [.. fields] : [.. v.Fields.Select(f => Zero(builder, f.Type))]));
        return new AggregateValue([new NumberValue(builder.Constant(number), null, 0), .. cases]);
    }

    /// <summary>Whether a value is of a case.</summary>
    public static IrValue IsCase(IrBuilder builder, ChoiceType type, Value value, int number) => ((AggregateValue)value).Elements[0] switch
    {
        ScalarValue some => number == 1 ? some.Scalar : builder.Not(some.Scalar),
        NumberValue when type.Variants.Length == 1 => builder.Constant(true),
        NumberValue tag => builder.Equal(tag.Numerator, builder.Constant(number)),
        _ => throw new InvalidOperationException("compiler bug: a value of an enum without a tag"),
    };

    /// <summary>The fields of a case; zeros where the value is not of it.</summary>
    public static ImmutableArray<Value> PartsOf(ChoiceType type, Value value, int number)
    {
        var elements = ((AggregateValue)value).Elements;
        return type is OptionType ? [elements[1]] : ((AggregateValue)elements[number + 1]).Elements;
    }

    /// <summary>
    /// Requires of a value that comes from outside what every value made inside has: fields of the other cases are zero, and those of its own
    /// case are in their types' ranges, which as inputs are widened by zero.
    /// </summary>
    /// <param name="builder">Where to.</param>
    /// <param name="type">The value's type.</param>
    /// <param name="value">The value.</param>
    /// <param name="path">What a failure calls it.</param>
    /// <param name="when">Where the value counts; null: everywhere.</param>
    public static void RequireCanonical(IrBuilder builder, TenorType type, Value value, string path, IrValue? when = null)
    {
        switch (type)
        {
            case StructType structure:
                foreach (var (field, part) in structure.Fields.Zip(((AggregateValue)value).Elements))
                    RequireCanonical(builder, field.Type, part, $"{path}.{field.Name}", when);
                break;
            case SignedType signed:
                RequireCanonical(builder, signed.Element, ((SignedValue)value).Content, path, when);
                break;
            case TupleType tuple:
                foreach (var (element, part) in tuple.Elements.Zip(((AggregateValue)value).Elements))
                    RequireCanonical(builder, element, part, path, when);
                break;
            case ArrayType array:
                foreach (var part in ((AggregateValue)value).Elements)
                    RequireCanonical(builder, array.Element, part, path, when);
                break;
            case ProofType proof:
                foreach (var (said, part) in TypesOf(proof).Zip(((AggregateValue)value).Elements))
                    RequireCanonical(builder, said, part, path, when);
                break;
            case ChoiceType choice:
                for (var i = 0; i < choice.Variants.Length; i++)
                    RequireCase(builder, choice, value, i, path, when);
                break;
        }
    }

    private static void RequireCase(IrBuilder builder, ChoiceType choice, Value value, int number, string path, IrValue? when)
    {
        var fields = choice.Variants[number].Fields;
        if (fields.IsEmpty)
            return;
        var isCase = IsCase(builder, choice, value, number);
        foreach (var (field, part) in fields.Zip(PartsOf(choice, value, number)))
        {
            foreach (var (leaf, scalar) in LeavesOf(field.Type, "").Zip(ScalarsOf(field.Type, part)))
            {
                var isZero = builder.Equal(scalar, builder.Constant(Scalar.Zero(leaf.Type.Kind)));
                builder.Require(Where(builder.Or(isCase, isZero)), NotCanonical(path, $"holds something beside '{choice.Variants[number].Name}'"));
                if (leaf.Type.Kind == ScalarKind.Integer && !leaf.Type.Interval.Contains(System.Numerics.BigInteger.Zero))
                    builder.Require(Where(builder.Or(builder.Not(isCase), IsIn(builder, scalar, leaf.Type.Interval))), NotCanonical(path, $"is out of the range of {field.Type.Name}"));
            }

            RequireCanonical(builder, field.Type, part, path, when);
        }

        IrValue Where(IrValue condition) => when is null ? condition : builder.Select(when.Value, condition, builder.Constant(true));
    }

    private static IrValue IsIn(IrBuilder builder, IrValue value, Interval interval) =>
        builder.And(builder.LessOrEqual(builder.Constant(interval.Low), value), builder.LessOrEqual(value, builder.Constant(interval.High)));

    private static IrFailure NotCanonical(string path, string what) => IrFailure.Of(FailureKind.Range, ErrorSymbol.OutOfRange.Name, $"{path} {what}");
}
