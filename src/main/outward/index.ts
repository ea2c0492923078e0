/**
 * What leaves the machine because a person has said where to: webhooks and mail. Its invariant: nothing is sent but
 * to the address given, the other side is checked before it learns anything, and every delivery ends within its time
 * with what came of it. What does not belong: what is told, to whom, and when again (services/).
 */
export { type Delivery, deliveryMs } from './delivery.ts';
export { type MailServer, type Message, sendMail } from './mail.ts';
export { postWebhook, type Webhook, type WebhookMessage, webhookSignature } from './webhook.ts';
