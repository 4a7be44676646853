using System.Globalization;
using System.Numerics;
using System.Text;
using Antlr4.Runtime;
using Antlr4.Runtime.Tree;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Grammar;
using ProvingLayer.Language.Syntax;

namespace ProvingLayer.Language.Parsing;

/// <content>Literals.</content>
internal sealed partial class TreeBuilder
{
    private LiteralSyntax Literal(TenorParser.LiteralContext context) => context.Start.Type switch
    {
        TenorParser.NUMBER => NumberLiteral(context.NUMBER(), context.UNIT()),
        TenorParser.STRING => String(context.Start),
        TenorParser.HEX => Hex(context.Start),
        TenorParser.NONE => new NoneLiteralSyntax(Span(context)),
        _ => new BooleanLiteralSyntax(Span(context), context.Start.Type == TenorParser.TRUE),
    };

    private NumberLiteralSyntax NumberLiteral(ITerminalNode number, ITerminalNode? unit)
    {
        var value = Number(number.Symbol);
        return unit is null
            ? new(value.Span, value, null)
            : new(Span(number.Symbol, unit.Symbol), value, new(Span(unit.Symbol), unit.GetText()));
    }

    private NumberSyntax Number(IToken token)
    {
        var text = token.Text.Replace("_", "");
        var point = text.IndexOf('.');
        var digits = point < 0 ? text : text.Remove(point, 1);
        return new(Span(token), BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture), point < 0 ? 0 : digits.Length - point);
    }

    private HexLiteralSyntax Hex(IToken token) => new(Span(token), token.Text.Substring(2).Replace("_", "").ToLowerInvariant());

    private StringLiteralSyntax String(IToken token)
    {
        var text = token.Text;
        var value = new StringBuilder(text.Length);
        for (var i = 1; i < text.Length - 1; i++)
        {
            if (text[i] != '\\' || i + 1 >= text.Length - 1)
            {
                value.Append(text[i]);
                continue;
            }

            i++;
            switch (text[i])
            {
                case '\\' or '"':
                    value.Append(text[i]);
                    break;
                case 'n':
                    value.Append('\n');
                    break;
                case 't':
                    value.Append('\t');
                    break;
                default:
                    var length = char.IsHighSurrogate(text[i]) ? 2 : 1;
                    Report(DiagnosticTable.UnknownEscape, _file.Span(token.StartIndex + i - 1, 1 + length), text.Substring(i - 1, 1 + length));
                    i += length - 1;
                    break;
            }
        }

        return new(Span(token), value.ToString());
    }
}
